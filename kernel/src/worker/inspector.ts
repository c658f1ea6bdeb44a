import { type Runtime, Session } from 'node:inspector';

/** How an evaluation ended: with a value, an exception, or refused by V8 before it ran. */
export type Completion =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'thrown'; readonly error: unknown }
  | { readonly kind: 'refused'; readonly message: string; readonly line: number; readonly column: number };

const GROUP = 'cell';
/** The global by which the inspector hands a value over. */
const TAKE = '__elaraTake';

/** V8's own evaluation, on the main thread's own session. */
export class Inspector {
  #session = new Session();
  #outstanding = 0;
  #taken: unknown;

  constructor() {
    this.#session.connect();
    Object.defineProperty(globalThis, TAKE, {
      value: (value: unknown) => {
        this.#taken = value;
      },
    });
  }

  /**
   * Evaluates a script, whose sourceURL is `name`, with V8's REPL mode, on the caller's stack. `done` is called with its end.
   * An evaluation that is terminated has none: by an interrupt, or because the process exits.
   */
  evaluate(name: string, script: string, done: (completion: Completion) => void): void {
    const parameters = { expression: script, replMode: true, objectGroup: GROUP };
    const session = this.#session;
    this.#outstanding++;
    session.post(
      'Runtime.evaluate',
      parameters,
      (error: Error | null, result: Runtime.EvaluateReturnType | undefined) => {
        if (session !== this.#session) return;
        this.#outstanding--;
        if (error === null && result !== undefined) done(this.#completion(name, result));
        session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
      },
    );
  }

  /**
   * Execution was terminated: an evaluation that has not answered never will. When the garbage collector finds its promise,
   * V8 would answer by calling JavaScript where none may run, which ends the process; a session that is gone is not told.
   */
  abandon(): void {
    if (this.#outstanding === 0) return;
    this.#outstanding = 0;
    this.#session.disconnect();
    this.#session = new Session();
    this.#session.connect();
  }

  #completion(name: string, { result, exceptionDetails }: Runtime.EvaluateReturnType): Completion {
    if (exceptionDetails === undefined) return { kind: 'value', value: this.#take(result) };
    const { exception, text, lineNumber, columnNumber } = exceptionDetails;
    const error = exception === undefined ? undefined : this.#take(exception);
    // No frame is of the script: nothing of it ran, V8 refused it.
    if (error instanceof SyntaxError && !ranAny(error, name)) {
      return { kind: 'refused', message: error.message, line: lineNumber + 1, column: columnNumber + 1 };
    }
    return { kind: 'thrown', error: exception === undefined ? new Error(text) : error };
  }

  /** The value behind the inspector's mirror of it. */
  #take(mirror: Runtime.RemoteObject): unknown {
    if (mirror.objectId === undefined) return primitive(mirror);
    this.#session.post('Runtime.callFunctionOn', {
      functionDeclaration: `(value) => ${TAKE}(value)`,
      arguments: [{ objectId: mirror.objectId }],
      executionContextId: 1,
      silent: true,
    });
    const taken = this.#taken;
    this.#taken = undefined;
    return taken;
  }
}

function primitive(mirror: Runtime.RemoteObject): unknown {
  const { unserializableValue } = mirror;
  if (unserializableValue === undefined) return mirror.subtype === 'null' ? null : (mirror.value as unknown);
  return mirror.type === 'bigint' ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
}

/** Whether the stack of an error has a frame of the script. */
function ranAny(error: Error, name: string): boolean {
  return (error.stack ?? '')
    .split('\n')
    .some((line) => line.trimStart().startsWith('at ') && line.includes(`${name}:`));
}
