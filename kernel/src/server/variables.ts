import type { ContentOf } from '@elara/protocol/message';
import { shown } from '../debugger/shown.ts';
import type { Paging, VariablesOutcome, VariablesQuery } from '../link.ts';
import { within } from './bounded.ts';
import { WorkerEndedError } from './errors.ts';
import { isRecord } from './values.ts';
import type { WorkerLink } from './worker-link.ts';

/** How long the worker may take to answer, in ms: while it computes it does not. */
const WAIT_MS = 1000;
/** For JupyterLab, whoever asks: the main thread does not know. */
const SHOWN = { primitiveTypes: false };
const BUSY =
  'busy: the code that runs does not await, so the variables cannot be looked at. They can when it awaits or has ended.';

/** The Debug Adapter Protocol's variables while nothing stands still, as Jupyter has them. Spec: messaging, "Debug request". */
export class VariableRequests {
  readonly #worker: WorkerLink;
  /** Resolves, to true, when the worker has answered what it did not answer in time: until then nothing more is asked of it. */
  #late: Promise<true> | undefined;

  constructor(worker: WorkerLink) {
    this.#worker = worker;
  }

  /** The reply to `inspectVariables`, `richInspectVariables` or `variables`. */
  async answer({ command, seq = 0, arguments: given }: ContentOf<'debug_request'>): Promise<ContentOf<'debug_reply'>> {
    const reply = { type: 'response', request_seq: seq, command } as const;
    const query = queryOf(command, isRecord(given) ? given : {});
    const failed = (message: string) => ({ ...reply, success: false, message, body: {} });
    if (query === undefined) return failed(`${command}: values can be changed only where the code is stopped`);
    const outcome = await this.#ask(query);
    if (typeof outcome === 'string') return failed(outcome);
    switch (outcome.kind) {
      case 'variables':
        return {
          ...reply,
          success: true,
          body: { variables: outcome.variables.map((each) => shown(each, SHOWN)), total: outcome.total },
        };
      case 'display':
        return { ...reply, success: true, body: { data: outcome.data, metadata: outcome.metadata } };
      case 'missing':
        if (query.about === 'children') return failed(`nothing is known any more by the reference ${query.reference}`);
        // JupyterLab says of empty data that the variable is not defined.
        return { ...reply, success: true, body: { data: {}, metadata: {} } };
    }
  }

  /** What the worker says, or why it says nothing. */
  async #ask(query: VariablesQuery): Promise<VariablesOutcome | string> {
    if (this.#late !== undefined && (await within(this.#late, WAIT_MS)) === undefined) return BUSY;
    const answer = this.#worker.variables({ query });
    try {
      const outcome = await within(answer, WAIT_MS);
      if (outcome !== undefined) return outcome;
    } catch (error) {
      if (error instanceof WorkerEndedError) return error.message;
      throw error;
    }
    const done = (): true => {
      if (this.#late === late) this.#late = undefined;
      return true;
    };
    const late = answer.then(done, done);
    this.#late = late;
    return BUSY;
  }
}

function queryOf(command: string, given: Record<string, unknown>): VariablesQuery | undefined {
  switch (command) {
    case 'inspectVariables':
      return { about: 'all', ...pagingOf(given) };
    case 'variables':
      return { about: 'children', reference: Number(given.variablesReference), ...pagingOf(given) };
    case 'richInspectVariables':
      return { about: 'display', expression: String(given.variableName) };
    default:
      return undefined;
  }
}

function pagingOf({ filter, start, count }: Record<string, unknown>): Paging {
  return {
    ...((filter === 'indexed' || filter === 'named') && { filter }),
    ...(typeof start === 'number' && { start }),
    ...(typeof count === 'number' && { count }),
  };
}
