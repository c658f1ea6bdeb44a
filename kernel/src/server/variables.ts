import type { ContentOf } from '@elara/protocol/message';
import { shown } from '../debugger/shown.ts';
import type { Paging, TableFilter, VariablesOutcome, VariablesQuery } from '../link.ts';
import { within } from './bounded.ts';
import { WorkerEndedError } from './errors.ts';
import { isRecord } from './values.ts';
import type { WorkerLink } from './worker-link.ts';

/** How long the worker may take to answer, in ms: while it computes it does not. */
const WAIT_MS = 1000;
/** The same for tables, which the worker may have to sort first. */
const TABLE_WAIT_MS = 4000;
/** For JupyterLab, whoever asks: the main thread does not know. */
const SHOWN = { primitiveTypes: false };
const OPERATORS: readonly TableFilter['operator'][] = ['contains', '=', '!=', '<', '<=', '>', '>='];
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

  /** The reply to `inspectVariables`, `richInspectVariables`, `variables` or `inspectTable`. */
  async answer({ command, seq = 0, arguments: given }: ContentOf<'debug_request'>): Promise<ContentOf<'debug_reply'>> {
    const reply = { type: 'response', request_seq: seq, command } as const;
    const query = queryOf(command, isRecord(given) ? given : {});
    const unknown = query?.about === 'table' && query.filters?.find(({ operator }) => !OPERATORS.includes(operator));
    const failed = (message: string) => ({ ...reply, success: false, message, body: {} });
    if (query === undefined) return failed(`${command}: values can be changed only where the code is stopped`);
    if (unknown) return failed(`${command}: a filter has one of the operators ${OPERATORS.join(', ')}`);
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
      case 'table':
        return { ...reply, success: true, body: { ...outcome.page } };
      case 'refused':
        return failed(outcome.message);
      case 'missing':
        if (query.about === 'table') return failed(`there is no value of ${query.of} any more`);
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
      const outcome = await within(answer, query.about === 'table' ? TABLE_WAIT_MS : WAIT_MS);
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
    case 'inspectTable':
      return tableQueryOf(given);
    default:
      return undefined;
  }
}

function tableQueryOf({
  variableName,
  variablesReference,
  start,
  count,
  sort,
  filters,
  fresh,
}: Record<string, unknown>) {
  const of = typeof variableName === 'string' ? variableName : Number(variablesReference);
  return {
    about: 'table',
    of,
    ...pagingOf({ start, count }),
    ...(isRecord(sort) && { sort: { column: Number(sort.column), descending: sort.descending === true } }),
    ...(Array.isArray(filters) && { filters: filters.filter(isRecord).map(filterOf) }),
    ...(fresh === true && { fresh }),
  } as const;
}

function filterOf({ column, operator, value }: Record<string, unknown>): TableFilter {
  return {
    ...(typeof column === 'number' && { column }),
    operator: operator as TableFilter['operator'],
    value: String(value),
  };
}

function pagingOf({ filter, start, count }: Record<string, unknown>): Paging {
  return {
    ...((filter === 'indexed' || filter === 'named') && { filter }),
    ...(typeof start === 'number' && { start }),
    ...(typeof count === 'number' && { count }),
  };
}
