import type { ForgottenNames } from '../../language/index.ts';
import type { Answer, CompleteCommand, InspectCommand, InspectOutcome, ObjectInfoCommand } from '../../link.ts';
import type { Cells } from './cells.ts';
import { Completer } from './complete.ts';
import { Definitions, type FindPlace } from './definitions.ts';
import { Inspection } from './inspect.ts';
import { Looker } from './looker.ts';
import { ObjectInformation } from './object-info.ts';
import type { RuntimeGetters } from './runtime-getters.ts';

export type LiveCommand = CompleteCommand | InspectCommand | ObjectInfoCommand;

export interface AnswersParts {
  /** The notebook's folder. */
  readonly folder: string;
  readonly cells: Cells;
  readonly findPlace: FindPlace;
  readonly getters: RuntimeGetters;
  readonly forgotten: ForgottenNames;
  /** Names of the runtime's own globals. */
  readonly builtins: ReadonlySet<string>;
}

/** Answers what is asked about the live values of the cells. */
export class Answers {
  readonly #looker: Looker;
  readonly #completer: Completer;
  readonly #inspection: Inspection;
  readonly #information: ObjectInformation;

  constructor({ folder, cells, findPlace, getters, forgotten, builtins }: AnswersParts) {
    this.#looker = new Looker(getters, forgotten);
    const definitions = new Definitions(this.#looker, cells, findPlace);
    this.#completer = new Completer(this.#looker, folder);
    this.#inspection = new Inspection(this.#looker, definitions);
    this.#information = new ObjectInformation(this.#looker, definitions, builtins);
  }

  inspect(question: Pick<InspectCommand, 'code' | 'cursor' | 'detailLevel'>): InspectOutcome {
    try {
      return this.#inspection.inspect(question);
    } finally {
      this.#looker.release();
    }
  }

  answer(command: LiveCommand): Answer {
    const { id } = command;
    try {
      switch (command.op) {
        case 'complete':
          return { op: 'answer', to: 'complete', id, outcome: this.#completer.complete(command) };
        case 'inspect':
          return { op: 'answer', to: 'inspect', id, outcome: this.#inspection.inspect(command) };
        case 'objectInfo':
          return { op: 'answer', to: 'objectInfo', id, outcome: this.#information.objectInfo(command) };
      }
    } finally {
      this.#looker.release();
    }
  }
}
