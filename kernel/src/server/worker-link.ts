import type {
  Command,
  CommCommand,
  CompleteCommand,
  CompleteOutcome,
  DebugCommand,
  ExecuteCommand,
  ExecuteOutcome,
  InputQuestion,
  InspectCommand,
  InspectOutcome,
  ObjectInfo,
  ObjectInfoCommand,
  OutcomeOf,
  PackageEvent,
  Publication,
  ServerQuestion,
  VariablesCommand,
  VariablesOutcome,
  WorkerEnd,
} from '../link.ts';

type Without<C extends Command | DebugCommand> = Omit<C, 'op' | 'id'>;

/** What the worker says without being asked. Set before `start`. */
export interface WorkerListener {
  publish(publication: Publication): void;
  input(question: InputQuestion): void;
  package(found: PackageEvent): void;
  /** The worker asks for something that only the server has. Rejects where there is no answer. */
  asked(question: ServerQuestion): Promise<unknown>;
  /** Bytes that the process, its addons or its children wrote to file descriptor 1 or 2. */
  output(name: 'stdout' | 'stderr', bytes: Buffer): void;
  /** The worker ended without having been asked to. Pending commands reject with WorkerEndedError first. */
  ended(end: WorkerEnd): void;
}

/** The server's side of the link. One worker at a time; `restart` brings a fresh one. */
export interface WorkerLink {
  /** Starts the worker; resolves when it is ready. Commands may be given before that: they wait. */
  start(): Promise<void>;
  /** Resolves after all output of the cell has been given to the listener. Rejects with WorkerEndedError. */
  execute(command: Without<ExecuteCommand>): Promise<ExecuteOutcome>;
  complete(command: Without<CompleteCommand>): Promise<CompleteOutcome>;
  inspect(command: Without<InspectCommand>): Promise<InspectOutcome>;
  objectInfo(command: Without<ObjectInfoCommand>): Promise<ObjectInfo>;
  variables(command: Without<VariablesCommand>): Promise<VariablesOutcome>;
  comm(command: Without<CommCommand>): Promise<{ readonly handled: boolean }>;
  /** Absent: this language has no debugger. See `OutcomeOf.debug`. */
  debug?(command: Without<DebugCommand>): Promise<OutcomeOf['debug']>;
  /** A line for the InputQuestion of this id; null: there is none to be had. */
  answerInput(id: number, value: string | null): void;
  /** Stops the running cell: busy loop, pending await or pending input. Harmless when nothing runs. */
  interrupt(): void;
  /** Lets the server hold the worker back while iopub's readers are behind; nothing is lost meanwhile. */
  pause(): void;
  resume(): void;
  /** Ends this worker (asked, then killed after graceMs, children too) and starts a fresh one. */
  restart(options: { readonly graceMs: number }): Promise<void>;
  stop(options: { readonly graceMs: number }): Promise<void>;
  /** Resident memory and processor time of the worker, for usage_request. */
  readonly pid: number | undefined;
}
