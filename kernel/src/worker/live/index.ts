/** Answers from the live values of the cells: completion, inspection, object information. Runs none of their code. */
import type { ForgottenNames } from '../../language/index.ts';
import type { Answer, ExecuteCommand, InspectOutcome, VariablesCommand } from '../../link.ts';
import { loadRoom } from '../elara.ts';
import type { Variables } from '../variables/index.ts';
import type { Answers, LiveCommand } from './answers.ts';
import { Cells } from './cells.ts';
import type { FindPlace } from './definitions.ts';
import { runtimeGetters } from './runtime-getters.ts';

export interface LiveParts {
  /** The notebook's folder. */
  readonly folder: string;
  /** Names that the cells have no more. */
  readonly forgotten: ForgottenNames;
  /** The frames of a stack with the places of the cells' own source. */
  readonly frames: (stack: string) => readonly string[];
  /** Sends an answer to the server. */
  readonly send: (answer: Answer) => void;
}

/** Made before any cell runs; loads what it answers with when it is first asked. */
export class Live {
  readonly #parts: LiveParts;
  readonly #cells = new Cells();
  readonly #getters = runtimeGetters();
  readonly #builtins = new Set(Object.getOwnPropertyNames(globalThis));
  /** Node's own, which the cells may replace. */
  readonly #prepareStackTrace = Error.prepareStackTrace;
  #answers: Promise<Answers> | undefined;
  #variables: Variables | undefined;

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  /** A cell that is to run. */
  remember({ count, code }: ExecuteCommand): void {
    this.#cells.remember(count, code);
  }

  async answer(command: LiveCommand): Promise<void> {
    this.#parts.send((await this.#loaded()).answer(command));
  }

  answerVariables({ id, query }: VariablesCommand): void {
    this.#parts.send({ op: 'answer', to: 'variables', id, outcome: this.variables.answer(query) });
  }

  /** What the variables hold. */
  get variables(): Variables {
    this.#variables ??= loadRoom<typeof import('../variables/index.ts')>('variables').createVariables({
      getters: this.#getters,
      forgotten: this.#parts.forgotten,
      builtins: this.#builtins,
      prepareStackTrace: this.#prepareStackTrace,
    });
    return this.#variables;
  }

  /** What is known of the thing of this name. */
  async inspect(expression: string, detailLevel: 0 | 1): Promise<InspectOutcome> {
    return (await this.#loaded()).inspect({ code: expression, cursor: expression.length, detailLevel });
  }

  #loaded(): Promise<Answers> {
    this.#answers ??= this.#load();
    return this.#answers;
  }

  async #load(): Promise<Answers> {
    const { Answers } = await import('./answers.ts');
    const { folder, frames, forgotten } = this.#parts;
    const findPlace: FindPlace = (cell, line, column) => {
      const [frame = ''] = frames(`    at ${cell}:${line}:${column}`);
      const [, row, unit] = /:(\d+):(\d+)\)?$/.exec(frame) ?? [];
      return row === undefined ? undefined : { line: Number(row), column: Number(unit) };
    };
    return new Answers({
      folder,
      findPlace,
      cells: this.#cells,
      getters: this.#getters,
      forgotten,
      builtins: this.#builtins,
    });
  }
}
