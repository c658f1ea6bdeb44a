import { type Debugger, type Runtime, Session } from 'node:inspector';
import { types } from 'node:util';
import { runInThisContext } from 'node:vm';
import { CellRewriter, type ForgottenNames, HELPER, MARK } from '../../language/index.ts';
import { proxyTarget } from './proxy-target.ts';
import { type RuntimeGetters, runtimeGetter } from './runtime-getters.ts';

/** What an expression gives to somebody who only looks. */
export type Look =
  | { readonly kind: 'value'; readonly value: unknown }
  /** V8 stopped it before it could change anything, or it is no expression, or it took too long. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'thrown' };

/** Where a function begins, as V8 says it: 1-based, in the script named `url`. */
export interface ScriptPlace {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** How long an expression may take, in ms. */
const TIMEOUT_MS = 200;
const GROUP = 'look';

/**
 * Looks at the values of the cells and runs none of their code. The inspector describes the values that it hands over,
 * and to describe an error it reads its getters: so what is looked at is always handed over inside of something else.
 */
export class Looker {
  readonly #session = new Session();
  readonly #getters: RuntimeGetters;
  readonly #held: { value: unknown } = { value: undefined };
  /** The inspector's handle on `#held`. */
  readonly #heldId: string;
  /** Knows of the cells' names only those that V8 has under another name. */
  readonly #rewriter: CellRewriter;
  readonly #forgotten: ForgottenNames;
  readonly #rewritten = new Set<string>();
  readonly #scripts = new Map<string, string>();
  /** Until the next release. */
  #known: ReadonlySet<string> | undefined;

  constructor(getters: RuntimeGetters, forgotten: ForgottenNames) {
    this.#getters = getters;
    this.#forgotten = forgotten;
    this.#rewriter = new CellRewriter({ forgotten });
    this.#session.connect();
    const name = '__elaraHeld';
    Object.defineProperty(globalThis, name, { value: this.#held, configurable: true });
    const handle = this.#evaluate(`globalThis.${name}`, { objectGroup: 'own' })?.result.objectId;
    Reflect.deleteProperty(globalThis, name);
    if (handle === undefined) throw new Error('The inspector gave no handle on an object of the worker.');
    this.#heldId = handle;
  }

  /** The value of a JavaScript expression among the names of the cells, if it has one without changing anything. */
  look(expression: string): Look {
    const code = this.#amongCells(expression);
    // A member of `elara` that is loaded now is a value that can be looked into.
    const [member] = /^elara\.\w+(?=[.[])/.exec(code) ?? [];
    if (member !== undefined) runtimeGetter(this.#getters, member)?.();
    const seen = withoutStackPreparation(() =>
      this.#evaluate(`(() => { try { return [(${code}\n)]; } catch { return 0; } })()`, { throwOnSideEffect: true }),
    );
    if (seen === undefined || seen.exceptionDetails !== undefined) {
      const get = runtimeGetter(this.#getters, code.replace(/^globalThis\./, ''));
      return get === undefined ? { kind: 'stopped' } : { kind: 'value', value: Reflect.apply(get, globalThis, []) };
    }
    const { objectId } = seen.result;
    if (objectId === undefined) return { kind: 'thrown' };
    const [value] = this.#take(objectId) as [unknown];
    return { kind: 'value', value };
  }

  /** The names that the cells have declared, as the cells write them. */
  names(): ReadonlySet<string> {
    return new Set(this.#stored().keys());
  }

  /**
   * The values of variables of the cells. One that was declared and never set is left out, as is one that is none.
   * This costs V8 less than an expression: to read a variable can change nothing, and so need not be watched, nor go through
   * the inspector, whose every answer is text to be made and parsed.
   */
  variables(names: readonly string[]): Map<string, unknown> {
    const stored = this.#stored();
    const known = names.filter((name) => stored.has(name));
    const values = new Map<string, unknown>();
    if (known.length === 0) return values;
    const readers = runInThisContext(`[${known.map((name) => `() => ${stored.get(name)}`)}]`, {
      filename: '',
    }) as (() => unknown)[];
    for (const [index, read] of readers.entries()) {
      try {
        values.set(known[index] ?? '', read());
      } catch (error) {
        // Its cell failed before it was set.
        if (!(error instanceof ReferenceError)) throw error;
      }
    }
    return values;
  }

  /** What stands behind a proxy; any other value is given back. A revoked proxy is given back too. */
  behindProxy(value: unknown): unknown {
    return types.isProxy(value) ? (proxyTarget(value) ?? value) : value;
  }

  /** Where a function or a class begins; undefined for V8's own and for what cannot be looked at. */
  place(fn: object): ScriptPlace | undefined {
    if (types.isProxy(fn) || hasErrors(fn)) return undefined;
    const location = this.#internal(fn, '[[FunctionLocation]]')?.value as Debugger.Location | undefined;
    if (location === undefined) return undefined;
    const { scriptId, lineNumber, columnNumber = 0 } = location;
    const url = this.#url(scriptId);
    return url === undefined ? undefined : { url, line: lineNumber + 1, column: columnNumber + 1 };
  }

  /** Lets go of what was looked at. */
  release(): void {
    this.#known = undefined;
    this.#session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
  }

  #evaluate(expression: string, options = {}): Runtime.EvaluateReturnType | undefined {
    let answer: Runtime.EvaluateReturnType | undefined;
    const parameters = { expression, silent: true, timeout: TIMEOUT_MS, objectGroup: GROUP, ...options };
    this.#session.post(
      'Runtime.evaluate',
      parameters,
      (error: Error | null, result: Runtime.EvaluateReturnType | undefined) => {
        if (error === null) answer = result;
      },
    );
    return answer;
  }

  /** What V8 has the variables of the cells under, by their names. Of two of a name, the cells mean that with the mark. */
  #stored(): ReadonlyMap<string, string> {
    const stored = new Map<string, string>();
    for (const variable of this.#lexicalNames()) {
      const name = variable.startsWith(HELPER) ? undefined : this.#forgotten.nameOf(variable);
      if (name !== undefined && (stored.get(name)?.length ?? 0) < variable.length) stored.set(name, variable);
    }
    return stored;
  }

  /** Names of V8's scripts, as they are stored. */
  #lexicalNames(): ReadonlySet<string> {
    if (this.#known === undefined) {
      let known: readonly string[] = [];
      this.#session.post('Runtime.globalLexicalScopeNames', (error, result) => {
        if (error === null) known = result.names;
      });
      this.#known = new Set(known);
    }
    return this.#known;
  }

  /** The expression with the names that V8 knows the cells' variables by. */
  #amongCells(expression: string): string {
    const marked = [...this.#lexicalNames()].filter((name) => name.endsWith(MARK));
    for (const name of marked) {
      if (this.#rewritten.has(name)) continue;
      this.#rewritten.add(name);
      this.#rewriter.rewrite({ name: 'names', code: `let ${name.replaceAll(MARK, '')};` });
    }
    return marked.length > 0 || this.#forgotten.any
      ? (this.#rewriter.expression(expression) ?? expression)
      : expression;
  }

  /** The value behind the inspector's handle on it. */
  #take(objectId: string): unknown {
    this.#session.post('Runtime.callFunctionOn', {
      objectId: this.#heldId,
      functionDeclaration: 'function (value) { this.value = value; }',
      arguments: [{ objectId }],
      silent: true,
    });
    const { value } = this.#held;
    this.#held.value = undefined;
    return value;
  }

  /** An internal slot of an object. Its own properties are described on the way: see `hasErrors`. */
  #internal(object: unknown, name: string): Runtime.RemoteObject | undefined {
    let objectId: string | undefined;
    this.#held.value = object;
    this.#session.post(
      'Runtime.callFunctionOn',
      {
        objectId: this.#heldId,
        functionDeclaration: 'function () { return this.value; }',
        silent: true,
        objectGroup: GROUP,
      },
      (error: Error | null, result: Runtime.CallFunctionOnReturnType | undefined) => {
        if (error === null) objectId = result?.result.objectId;
      },
    );
    let slots: Runtime.InternalPropertyDescriptor[] | undefined;
    if (objectId !== undefined) {
      this.#session.post(
        'Runtime.getProperties',
        { objectId, ownProperties: true },
        (error: Error | null, result: Runtime.GetPropertiesReturnType | undefined) => {
          if (error === null) slots = result?.internalProperties;
        },
      );
    }
    return slots?.find((slot) => slot.name === name)?.value;
  }

  /** The name of a script. Only the debugger tells it, and tells all of them: it is asked when a new one shows up. */
  #url(scriptId: string): string | undefined {
    if (!this.#scripts.has(scriptId)) {
      const hear = ({ params }: { params: { scriptId: string; url: string } }): void => {
        this.#scripts.set(params.scriptId, params.url);
      };
      this.#session.on('Debugger.scriptParsed', hear);
      this.#session.post('Debugger.enable');
      this.#session.post('Debugger.disable');
      this.#session.off('Debugger.scriptParsed', hear);
    }
    return this.#scripts.get(scriptId);
  }
}

/** Whether one of its own properties is an error, whose getters the inspector would read. */
function hasErrors(object: object): boolean {
  return Reflect.ownKeys(object).some((key) =>
    types.isNativeError(Object.getOwnPropertyDescriptor(object, key)?.value),
  );
}

/** A cell may have put a function of its own where V8 asks for the text of a stack. */
function withoutStackPreparation<T>(action: () => T): T {
  const own = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  if (own?.configurable !== true) return action();
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  try {
    return action();
  } finally {
    Object.defineProperty(Error, 'prepareStackTrace', own);
  }
}
