import inspector from 'node:inspector';
import {
  type CellCommands,
  type CellHelper,
  CellRewriter,
  type CompilerOptions,
  DEFAULT_OPTIONS,
  HELPER,
  type RewrittenCell,
  type Timer,
} from './index.ts';

/** What came of a cell that V8 evaluated. */
export interface Outcome {
  readonly rewritten: RewrittenCell;
  /** The result's value, whether or not the cell shows it. */
  readonly value?: unknown;
  /** What the cell threw. */
  readonly error?: unknown;
}

/** A value on its way out of the inspector. */
class Holder {
  value: unknown;

  readonly keep = (value: unknown): void => {
    this.value = value;
  };
}

/** Notes what the line commands of the cells would do. */
class RecordedCommands implements CellCommands {
  readonly calls: string[] = [];

  async run(name: string, rest: string): Promise<void> {
    this.calls.push(`${name}(${rest})`);
  }

  async ask(name: string): Promise<void> {
    this.calls.push(`${name}?`);
  }

  async bench(options: string, code: () => unknown): Promise<void> {
    this.calls.push(`bench(${options}) ${String(await code())}`);
  }

  timer(): Timer {
    this.calls.push('timer');
    return { wall: 0n, cpu: { user: 0, system: 0 } };
  }

  timed<T>(_timer: Timer, value: T): T {
    this.calls.push(`timed ${String(value)}`);
    return value;
  }

  begin(id: number): void {
    this.calls.push(`begin ${id}`);
  }

  end(id: number): void {
    this.calls.push(`end ${id}`);
  }
}

/**
 * Evaluates rewritten cells as the worker does: on this thread's own inspector session, in replMode. The notebooks of
 * one process share its global scope, and each knows only what its own cells declared.
 */
export class Notebook implements Disposable {
  readonly rewriter: CellRewriter;
  readonly commands = new RecordedCommands();
  readonly #session = new inspector.Session();
  readonly #holder = new Holder();
  /** Those that the cells have asked for. */
  readonly packages: string[] = [];
  readonly #helper: CellHelper & Pick<Holder, 'keep'>;
  #number = 0;

  constructor(options: Partial<CompilerOptions> = {}) {
    this.rewriter = new CellRewriter({ compilerOptions: () => ({ ...DEFAULT_OPTIONS, ...options }) });
    this.#session.connect();
    const refuse = (): never => {
      throw new TypeError('Assignment to constant variable.');
    };
    this.#helper = {
      hold: (awaited) => awaited,
      holdEach: (iterable) => iterable as AsyncIterable<never>,
      constant: new Proxy({}, { set: refuse }),
      meta: import.meta,
      commands: this.commands,
      import: importModule,
      packages: async (specifiers) => void this.packages.push(...specifiers),
      keep: this.#holder.keep,
    };
  }

  /** Runs a cell; a syntax error is thrown. */
  async run(code: string): Promise<Outcome> {
    Object.defineProperty(globalThis, HELPER, { value: this.#helper, configurable: true });
    this.#number += 1;
    const cell = { name: `In[${this.#number}]`, code };
    const rewritten = this.rewriter.rewrite(cell);
    // A variable, since the types of Node do not know replMode.
    const parameters = { expression: rewritten.script, replMode: true, awaitPromise: true };
    const { exceptionDetails, result } = await this.#evaluate(parameters);
    if (exceptionDetails === undefined) return { rewritten, value: this.#hold(result) };
    const { lineNumber, columnNumber, exception, scriptId } = exceptionDetails;
    if (scriptId !== undefined) {
      const message = exception?.description?.split('\n')[0] ?? exceptionDetails.text;
      throw this.rewriter.refused(cell, rewritten, message, lineNumber + 1, columnNumber + 1);
    }
    const unset = await this.#evaluate({
      expression: this.rewriter.unsetNames(rewritten.declared),
      returnByValue: true,
    });
    this.rewriter.forget(rewritten.declared, unset.result.value);
    return { rewritten, error: this.#hold(exception) };
  }

  /** The value of a cell. Throws what the cell threw. */
  async value(code: string): Promise<unknown> {
    const outcome = await this.run(code);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  [Symbol.dispose](): void {
    this.#session.disconnect();
  }

  #evaluate(parameters: inspector.Runtime.EvaluateParameterType): Promise<inspector.Runtime.EvaluateReturnType> {
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, reply: inspector.Runtime.EvaluateReturnType): void => {
        if (error === null) resolve(reply);
        else reject(error);
      };
      this.#session.post('Runtime.evaluate', parameters, done);
    });
  }

  /** From the inspector's description of a value to the value. */
  #hold(remote: inspector.Runtime.RemoteObject | undefined): unknown {
    if (remote?.objectId === undefined) return remote?.unserializableValue ?? remote?.value;
    const functionDeclaration = `function () { ${HELPER}.keep(this) }`;
    this.#session.post('Runtime.callFunctionOn', { objectId: remote.objectId, functionDeclaration });
    return this.#holder.value;
  }
}

async function importModule(
  specifier: string,
  options?: ImportCallOptions,
  names: readonly string[] = [],
): Promise<Record<string, unknown>> {
  const module: Record<string, unknown> = await import(specifier, options);
  for (const name of names) {
    if (name in module) continue;
    throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${name}'`);
  }
  return module;
}
