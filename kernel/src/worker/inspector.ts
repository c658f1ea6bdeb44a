import { type Runtime, Session } from 'node:inspector';
import { promiseHooks } from 'node:v8';
import { Script } from 'node:vm';
import { leaveUncaught } from '../debugger/hook.ts';

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
  /**
   * The promises of the scripts that have not ended. When the garbage collector finds such a promise (that of a script that
   * was terminated, or that awaits what nobody can settle), V8 answers the evaluation by calling JavaScript where none may
   * run, which ends the process: so they are kept.
   */
  readonly #outstanding = new Set<Promise<unknown>>();
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
   * Runs a script that declares nothing and awaits nothing, on the caller's stack: the inspector, whose every answer is text
   * to be made and parsed, is not needed for it.
   */
  run(name: string, source: string, done: (completion: Completion) => void): void {
    let script: Script;
    try {
      script = new Script(source, { filename: name });
    } catch {
      // The inspector says where V8 refuses it.
      this.evaluate(name, source, done);
      return;
    }
    let value: unknown;
    try {
      value = script.runInThisContext({ displayErrors: false });
    } catch (error) {
      done({ kind: 'thrown', error });
      return;
    }
    done({ kind: 'value', value });
  }

  /**
   * Evaluates a script, whose sourceURL is `name`, with V8's REPL mode, on the caller's stack. `done` is called with its end.
   * An evaluation that is terminated has none: by an interrupt, or because the process exits.
   */
  evaluate(name: string, script: string, done: (completion: Completion) => void): void {
    const parameters = { expression: script, replMode: true, objectGroup: GROUP };
    const session = this.#session;
    let kept: Promise<unknown> | undefined;
    const stop = onFirstPromise((promise) => {
      kept = promise;
      this.#outstanding.add(promise);
      leaveUncaught(promise);
    });
    session.post(
      'Runtime.evaluate',
      parameters,
      (error: Error | null, result: Runtime.EvaluateReturnType | undefined) => {
        stop();
        if (session !== this.#session) return;
        if (kept !== undefined) this.#outstanding.delete(kept);
        if (error === null && result !== undefined) done(this.#completion(name, result));
        session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
      },
    );
  }

  /** The variables that scripts have declared, as V8 names them. */
  variables(): readonly string[] {
    let names: readonly string[] = [];
    this.#session.post('Runtime.globalLexicalScopeNames', (error, result) => {
      if (error === null) names = result.names;
    });
    return names;
  }

  /** Execution was terminated: an evaluation that has not answered never will. A session that is gone is not told. */
  abandon(): void {
    if (this.#outstanding.size === 0) return;
    this.#session.disconnect();
    this.#session = new Session();
    this.#session.connect();
    this.#outstanding.clear();
  }

  #completion(name: string, { result, exceptionDetails }: Runtime.EvaluateReturnType): Completion {
    if (exceptionDetails === undefined) return { kind: 'value', value: this.#take(result) };
    const { exception, text, lineNumber, columnNumber, scriptId } = exceptionDetails;
    const error = exception === undefined ? undefined : this.#take(exception);
    // It is at fault itself, and no frame is of it: nothing of it ran, V8 refused it. A module that it imports is another script.
    if (error instanceof SyntaxError && scriptId !== undefined && !ranAny(error, name)) {
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

/**
 * Calls back with the next promise that is made: of a REPL script, the first is that of the asynchronous function which the
 * script is. Returns what stops waiting for it.
 */
function onFirstPromise(callback: (promise: Promise<unknown>) => void): () => void {
  let waiting = true;
  const stop = (): void => {
    if (waiting) unhook();
    waiting = false;
  };
  const unhook = promiseHooks.onInit((promise) => {
    stop();
    callback(promise);
  }) as () => void;
  return stop;
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
