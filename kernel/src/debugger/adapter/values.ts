import type { Debugger, Runtime } from 'node:inspector';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { MARK } from '../../language/references.ts';
import type { Paging, Variable } from '../../link.ts';
import type { ScopeKind } from '../agent/frame-values.ts';
import { DebugError } from './errors.ts';
import type { Frame } from './frames.ts';
import type { LazyExpressions } from './lazy-expressions.ts';
import { type MainThread, messageOf, VALUES } from './main-thread.ts';

/** How long code of the person's may take, in ms: while it runs, V8 hears nobody. */
const EVALUATE_MS = 10_000;
/** What is evaluated without being asked for. */
const LOOK_MS = 1000;

interface ScopeOf {
  readonly kind: ScopeKind;
  readonly callFrameId: string;
  readonly number: number;
}

export interface Evaluation {
  /** Where; absent: among the globals. */
  readonly frame?: Frame | undefined;
  /** May nothing change, and must it be quick? */
  readonly looksOnly?: boolean;
  readonly replMode?: boolean;
}

interface PrivateProperties {
  readonly privateProperties?: readonly { readonly name: string; readonly value?: Runtime.RemoteObject }[];
}

const NAMES: Readonly<Record<string, string>> = {
  local: 'Locals',
  block: 'Block',
  closure: 'Closure',
  catch: 'Catch',
  module: 'Module',
  with: 'With',
  eval: 'Eval',
  // Frontends know the variables of a notebook by this name.
  script: 'Globals',
  global: 'Global object',
};

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Scopes, variables and evaluations of a session. */
export class Values {
  readonly #main: MainThread;
  readonly #expressions: LazyExpressions;
  readonly #scopes = new Map<number, ScopeOf>();

  constructor({ main }: { readonly main: MainThread }, expressions: LazyExpressions) {
    this.#main = main;
    this.#expressions = expressions;
  }

  /** The code goes on: references are good no more. */
  release(): void {
    this.#scopes.clear();
  }

  /** Scopes of a frame, the innermost first. */
  async scopes({ call }: Frame): Promise<DebugProtocol.Scope[]> {
    if (call === undefined) return [];
    const scopes: DebugProtocol.Scope[] = [];
    for (const [number, scope] of call.scopeChain.entries()) {
      const kind: ScopeKind = scope.type === 'global' ? 'global' : scope.type === 'script' ? 'cells' : 'local';
      const self = scope.type === 'local' ? selfOf(call) : {};
      const { reference: variablesReference, named: namedVariables } = await this.#main.askAbout(
        'scope',
        { objectId: scope.object.objectId ?? '' },
        { value: kind },
        self,
      );
      if (namedVariables === 0 && scope.type !== 'local' && kind !== 'cells') continue;
      this.#scopes.set(variablesReference, { kind, callFrameId: call.callFrameId, number });
      const name = NAMES[scope.type] ?? scope.type;
      scopes.push({
        name: scope.type === 'closure' && scope.name ? `${name} (${scope.name})` : name,
        variablesReference,
        namedVariables,
        expensive: kind === 'global',
        ...(scope.type === 'local' && { presentationHint: 'locals' }),
      });
    }
    return scopes;
  }

  async variables(reference: number, page: Paging): Promise<Variable[]> {
    const { variables, mayHavePrivate } = await this.#main.ask('variables', reference, page);
    return mayHavePrivate ? [...variables, ...(await this.#privateFields(reference))] : [...variables];
  }

  /** Evaluates TypeScript, and describes what it gives. */
  async evaluate(code: string, evaluation: Evaluation): Promise<Variable> {
    const result = await this.#evaluate(code, evaluation);
    return await this.#main.askAbout('describe', argumentOf(result), { value: code });
  }

  /** A longer text of a value. */
  async text(code: string, evaluation: Evaluation): Promise<string> {
    return await this.#main.askAbout('text', argumentOf(await this.#evaluate(code, evaluation)));
  }

  /** Sets a variable, or a part of a value, to that of an expression, evaluated where the variable is. */
  async set(reference: number, name: string, code: string, frames: readonly Frame[]): Promise<Variable> {
    const scope = this.#scopes.get(reference);
    const callFrameId = scope?.callFrameId ?? frames[0]?.call?.callFrameId;
    const frame = frames.find(({ call }) => call !== undefined && call.callFrameId === callFrameId);
    const value = argumentOf(await this.#evaluate(code, { frame }));
    if (scope === undefined || scope.kind === 'global') {
      return await this.#main.askAbout('assign', { value: reference }, { value: name }, value);
    }
    if (name === 'this') throw new DebugError('this cannot be set');
    if (scope.kind === 'cells') await this.#assignCellVariable(name, value);
    else {
      const { callFrameId: id, number: scopeNumber } = scope;
      const parameters = { scopeNumber, variableName: name, newValue: value, callFrameId: id };
      await this.#main.answer(this.#main.session.post('Debugger.setVariableValue', parameters));
    }
    return await this.#main.askAbout('describe', value, { value: name });
  }

  /** Gives the cells a variable with the value of another one. */
  async copyToGlobals(source: string, frame: Frame, target: string): Promise<Variable> {
    if (!IDENTIFIER.test(target)) throw new DebugError(`${target} is no name of a variable`);
    const value = argumentOf(await this.#evaluate(source, { frame }));
    const names = await this.#lexicalNames();
    if (names.includes(target) || names.includes(target + MARK)) await this.#assignCellVariable(target, value);
    else await this.#main.askAbout('defineGlobal', { value: target }, value);
    return await this.#main.askAbout('describe', value, { value: target });
  }

  async #evaluate(
    code: string,
    { frame, looksOnly = false, replMode = false }: Evaluation,
  ): Promise<Runtime.RemoteObject> {
    const expressions = await this.#expressions.load();
    expressions.know(await this.#lexicalNames());
    const timeout = looksOnly ? LOOK_MS : EVALUATE_MS;
    const common = {
      expression: expressions.code(code),
      silent: true,
      throwOnSideEffect: looksOnly,
      timeout,
      objectGroup: VALUES,
    };
    const [method, params] =
      frame?.call === undefined
        ? ['Runtime.evaluate', { ...common, replMode }]
        : ['Debugger.evaluateOnCallFrame', { ...common, callFrameId: frame.call.callFrameId }];
    const evaluated = await this.#main.post<Debugger.EvaluateOnCallFrameReturnType>(method, params, timeout + LOOK_MS);
    if (evaluated.exceptionDetails !== undefined) throw new DebugError(messageOf(evaluated.exceptionDetails));
    return evaluated.result;
  }

  async #lexicalNames(): Promise<readonly string[]> {
    return (await this.#main.answer(this.#main.session.post('Runtime.globalLexicalScopeNames', {}))).names;
  }

  async #assignCellVariable(name: string, value: Runtime.CallArgument): Promise<void> {
    const names = await this.#lexicalNames();
    const stored = [name + MARK, name].find((each) => names.includes(each)) ?? name;
    if (!IDENTIFIER.test(stored)) throw new DebugError(`${name} is no name of a variable`);
    await this.#main.run(`function (value) { ${stored} = value; }`, value);
  }

  /** Fields that only the class itself can read. The inspector can, and runs nothing of theirs. */
  async #privateFields(reference: number): Promise<Variable[]> {
    const objectId = await this.#main.handleOf(reference);
    if (objectId === undefined) return [];
    const { privateProperties = [] } = await this.#main.post<PrivateProperties>('Runtime.getProperties', {
      objectId,
      ownProperties: true,
    });
    const variables: Variable[] = [];
    for (const { name, value } of privateProperties) {
      if (value === undefined) continue;
      const described = await this.#main.askAbout('describe', argumentOf(value));
      variables.push({ ...described, name });
    }
    return variables;
  }
}

/** `this` of a function that was called on something. */
function selfOf(call: Debugger.CallFrame): Runtime.CallArgument {
  const self = call.this;
  return self.type === 'undefined' || self.className === 'global' ? {} : argumentOf(self);
}

function argumentOf({ objectId, unserializableValue, value }: Runtime.RemoteObject): Runtime.CallArgument {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value: value as unknown } : { unserializableValue };
}
