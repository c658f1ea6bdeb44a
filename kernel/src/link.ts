/**
 * What the server and the worker say to each other: the one seam of the kernel. Another language's kernel brings its own
 * worker side of this link and nothing else.
 *
 * The worker runs one cell at a time for each shell of the server; everything it publishes bears the header of the
 * request that caused it, as the bytes in which the request bore it.
 */

import type { ContentOf } from '@elara/protocol/message';

/** A JSON value, already encoded as UTF-8. It is signed and forwarded without being parsed. */
export type EncodedJson = Uint8Array;

export interface ExecuteCommand {
  readonly op: 'execute';
  readonly id: number;
  /** Header of the execute_request, as received. */
  readonly parent: EncodedJson;
  readonly code: string;
  /** Number of this cell: `In[n]`. */
  readonly count: number;
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly allowStdin: boolean;
  readonly userExpressions: Readonly<Record<string, string>>;
}

export interface CompleteCommand {
  readonly op: 'complete';
  readonly id: number;
  readonly code: string;
  /** UTF-16 offset into `code`. */
  readonly cursor: number;
}

export interface InspectCommand {
  readonly op: 'inspect';
  readonly id: number;
  readonly code: string;
  /** UTF-16 offset into `code`. */
  readonly cursor: number;
  readonly detailLevel: 0 | 1;
}

/** 2011: object_info_request. `name` may be dotted. */
export interface ObjectInfoCommand {
  readonly op: 'objectInfo';
  readonly id: number;
  readonly name: string;
  readonly detailLevel: 0 | 1;
}

export interface CommCommand {
  readonly op: 'comm';
  readonly id: number;
  readonly parent: EncodedJson;
  readonly msgType: 'comm_open' | 'comm_msg' | 'comm_close';
  readonly content: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** A request of the debugger. It is answered beside the user's code, also while that stands still. */
export interface DebugCommand {
  readonly op: 'debug';
  readonly id: number;
  /** Header of the debug_request, as received. */
  readonly parent: EncodedJson;
  readonly request: ContentOf<'debug_request'>;
}

/** What the variables of the cells hold. Runs none of their code. */
export interface VariablesCommand {
  readonly op: 'variables';
  readonly id: number;
  readonly query: VariablesQuery;
}

export type VariablesQuery =
  | ({ readonly about: 'all' } & Paging)
  /** What is in a variable, by its `reference`. */
  | ({ readonly about: 'children'; readonly reference: number } & Paging)
  /** The media types in which the value of an expression can be shown without asking it. */
  | { readonly about: 'display'; readonly expression: string }
  /** Rows of what has some: by an expression of the cells, or by a reference. */
  | ({ readonly about: 'table'; readonly of: string | number } & TableQuery);

export interface TableQuery {
  /** The first row, of those that pass the filters. Default: 0. */
  readonly start?: number;
  readonly count?: number;
  readonly sort?: TableSort;
  readonly filters?: readonly TableFilter[];
  /** Looks at the rows anew: else their order may be that of an earlier page. */
  readonly fresh?: boolean;
}

export interface TableSort {
  /** Number of the column. */
  readonly column: number;
  readonly descending?: boolean;
}

export interface TableFilter {
  /** Number of the column; undefined: any of them. */
  readonly column?: number;
  readonly operator: 'contains' | '=' | '!=' | '<' | '<=' | '>' | '>=';
  readonly value: string;
}

/** Rows of a table. */
export interface TablePage {
  /** Rows that there are, and those that pass the filters. */
  readonly total: number;
  readonly matched: number;
  /** The first columns, of which there are `columnTotal`. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly numeric: boolean }[];
  readonly columnTotal: number;
  /** The place of the first row among those that pass. */
  readonly start: number;
  /** `index`: where the row stands in the table itself. */
  readonly rows: readonly { readonly index: number; readonly cells: readonly TableCell[] }[];
}

/** A text, or what stands where there is no value: `null`, `undefined`, `absent` (no such property), `getter` (not run). */
export type TableCell = string | { readonly none: string };

/** Without `filter`, `start` and `count`, more than a hundred or so come in groups that are variables themselves. */
export interface Paging {
  readonly filter?: 'indexed' | 'named';
  readonly start?: number;
  readonly count?: number;
}

export type Command =
  | ExecuteCommand
  | CompleteCommand
  | InspectCommand
  | ObjectInfoCommand
  | CommCommand
  | VariablesCommand;

/** A message for iopub. */
export interface Publication {
  readonly op: 'publish';
  readonly msgType: string;
  /** The request that caused it, or null where none did. */
  readonly parent: EncodedJson | null;
  readonly content: EncodedJson;
  /** Absent: `{}`. */
  readonly metadata?: EncodedJson;
  readonly buffers?: readonly Uint8Array[];
}

/** The cell asks the person at the frontend for a line. Answered by `WorkerLink.answerInput`. */
export interface InputQuestion {
  readonly op: 'input';
  /** Of this question, in this worker. */
  readonly id: number;
  readonly parent: EncodedJson;
  readonly prompt: string;
  readonly password: boolean;
}

export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type ExpressionResult =
  | { readonly status: 'ok'; readonly data: Record<string, unknown>; readonly metadata: Record<string, unknown> }
  | ({ readonly status: 'error' } & CellError);

/** How a cell ended. Everything that it published has arrived before this does. */
export interface ExecuteOutcome {
  readonly status: 'ok' | 'error';
  readonly error?: CellError;
  readonly userExpressions: Readonly<Record<string, ExpressionResult>>;
  /** Payloads of the reply (`set_next_input`, `page`, …), usually none. */
  readonly payload: readonly Record<string, unknown>[];
  /** Text of the result (`text/plain`) for the output history, if the cell had a result. */
  readonly resultText?: string;
  /** Names that the cell declared at its top level, for answers while the worker is busy. */
  readonly declared: readonly string[];
}

export interface CompleteOutcome {
  readonly matches: readonly string[];
  /** UTF-16 offsets into the code of the request. */
  readonly cursorStart: number;
  readonly cursorEnd: number;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface InspectOutcome {
  readonly found: boolean;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** 2011: content of object_info_reply, every field of that age. */
export interface ObjectInfo {
  readonly name: string;
  readonly found: boolean;
  readonly ismagic: boolean;
  readonly isalias: boolean;
  readonly namespace: string | null;
  readonly type_name: string | null;
  readonly string_form: string | null;
  readonly base_class: string | null;
  readonly length: number | null;
  readonly file: string | null;
  readonly definition: string | null;
  readonly argspec: {
    readonly args: readonly string[];
    readonly varargs: string | null;
    readonly varkw: string | null;
    readonly defaults: readonly unknown[] | null;
  } | null;
  readonly init_definition: string | null;
  readonly docstring: string | null;
  readonly init_docstring: string | null;
  readonly class_docstring: string | null;
  readonly call_def: string | null;
  readonly call_docstring: string | null;
  readonly source: string | null;
}

/** What is shown of a variable, or of a part of one. */
export interface Variable {
  readonly name: string;
  /** `number`, `Array`, `Point`, `async function`, …; empty for a group. */
  readonly type: string;
  /** Its value, on one line and bounded. */
  readonly value: string;
  /** `accessor`: behind a getter, which was not run. `group`: some of many. */
  readonly kind: 'data' | 'function' | 'class' | 'accessor' | 'group';
  /** Number for what is in it; 0 where nothing is. */
  readonly reference: number;
  /** Elements or entries in it that can be paged through. */
  readonly indexed?: number;
  /** Elements, entries or characters. */
  readonly length?: number;
  readonly bytes?: number;
  readonly shape?: readonly number[];
  /** Expression of the cells for it. */
  readonly path?: string;
}

export type VariablesOutcome =
  /** `total`: how many there are, of which these may be some. */
  | { readonly kind: 'variables'; readonly variables: readonly Variable[]; readonly total: number }
  | {
      readonly kind: 'display';
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'table'; readonly page: TablePage }
  /** It has no rows, or too many. */
  | { readonly kind: 'refused'; readonly message: string }
  /** There is nothing of that reference or expression, or not any more. */
  | { readonly kind: 'missing' };

export interface OutcomeOf {
  readonly execute: ExecuteOutcome;
  readonly complete: CompleteOutcome;
  readonly inspect: InspectOutcome;
  readonly objectInfo: ObjectInfo;
  readonly comm: { readonly handled: boolean };
  readonly variables: VariablesOutcome;
  /** Content of the debug_reply; null: it asks about variables, and nothing stands still. */
  readonly debug: ContentOf<'debug_reply'> | null;
}

/** Answer to a command. */
export type Answer = {
  [Op in keyof OutcomeOf]: {
    readonly op: 'answer';
    readonly to: Op;
    readonly id: number;
    readonly outcome: OutcomeOf[Op];
  };
}[keyof OutcomeOf];

/** What a cell may do with type errors: not run, run and show them, or run unchecked. */
export type CheckMode = 'error' | 'warn' | 'off';

/** What the worker asks of the server, which alone has it or decides it. */
export interface ServerAnswers {
  readonly history: { readonly question: ContentOf<'history_request'>; readonly answer: readonly HistoryCell[] };
  /** Sets what later cells do with type errors; null only asks. The answer is what holds now. */
  readonly check: { readonly question: CheckMode | null; readonly answer: CheckMode };
  /** Tells that all names of the cells are forgotten. */
  readonly forgotten: { readonly question: null; readonly answer: null };
}

/** Session, number of the cell, and its source, or source and text of the result. */
export type HistoryCell = readonly [session: number, line: number, cell: string | readonly [string, string | null]];

/** Answered by a ServerAnswer. */
export type ServerQuestion = {
  [About in keyof ServerAnswers]: {
    readonly op: 'ask';
    readonly about: About;
    readonly id: number;
    readonly question: ServerAnswers[About]['question'];
  };
}[keyof ServerAnswers];

export interface ServerAnswer {
  readonly op: 'told';
  /** Of the question. */
  readonly id: number;
  readonly answer: unknown;
  /** Why there is no answer. */
  readonly error?: string;
}

export type Event = Publication | InputQuestion | Answer | ServerQuestion | PackageEvent;

/** The cells have imported a package, or installed one for bare imports: its types are there too. */
export interface PackageEvent {
  readonly op: 'package';
  /** As the cells write it: `npm:lodash-es@4/debounce.js`, or the name of a package that was installed. */
  readonly specifier: string;
  /** The package's own folder. */
  readonly folder: string;
  /** A folder whose modules find the package under its name. */
  readonly from: string;
  /** The folder of a package that has its types, where it brings none itself; null where there is none, or none yet. */
  readonly types: string | null;
}

/** Why a worker ended. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Last lines that it wrote to its own standard error (V8's report of an out-of-memory, for instance). */
  readonly lastWords: string;
}
