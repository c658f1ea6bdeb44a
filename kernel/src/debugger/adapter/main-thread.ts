import type { Runtime } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import type { DebugAgent } from '../agent/agent.ts';
import { AGENT } from '../hook.ts';
import { DebugError } from './errors.ts';

/** How long the main thread may take to answer, in ms. It does not answer in the middle of native code (execSync, a long regular expression). */
const ANSWER_MS = 5000;

/** The inspector's name for the values that it keeps alive for us. */
export const VALUES = 'values';

type Method = Exclude<
  { [K in keyof DebugAgent]: DebugAgent[K] extends (...args: never[]) => unknown ? K : never }[keyof DebugAgent],
  undefined
>;

/** The main thread as the inspector shows it: its debugger, and the agent there. */
export class MainThread {
  readonly session = new Session();
  #agentId = '';
  #connected = false;
  #stale = false;

  /** Connects. From now on the process ends only when this disconnects. */
  async connect(): Promise<void> {
    this.session.connectToMainThread();
    this.#connected = true;
    const { result, exceptionDetails } = await this.answer(
      this.session.post('Runtime.evaluate', { expression: `${AGENT}()`, silent: true }),
    );
    if (exceptionDetails !== undefined) throw new DebugError(messageOf(exceptionDetails));
    if (result.objectId === undefined) throw new DebugError('the debugger has no agent on the main thread');
    this.#agentId = result.objectId;
  }

  get connected(): boolean {
    return this.#connected;
  }

  disconnect(): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.session.disconnect();
  }

  /** Waits for an answer of the main thread, but not for ever. */
  async answer<T>(answer: Promise<T>, withinMs = ANSWER_MS): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new DebugError('the kernel does not answer: it is in the middle of code that is not JavaScript'));
    }, withinMs);
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A command of the inspector, of which Node's types do not tell all. */
  async post<T = unknown>(method: string, params?: object, withinMs = ANSWER_MS): Promise<T> {
    return (await this.answer<unknown>(this.session.post(method, params), withinMs)) as T;
  }

  /**
   * Lets go of all values that the client was shown. The agent learns of it when it is next called: were the code that goes on
   * ended just now, the end would strike the agent instead, and spare the code.
   */
  letGo(): void {
    this.#stale = true;
    this.post('Runtime.releaseObjectGroup', { objectGroup: VALUES }).catch(() => undefined);
  }

  /** Calls the agent with JSON and gives back JSON. */
  async ask<M extends Method>(method: M, ...args: Parameters<DebugAgent[M]>): Promise<ReturnType<DebugAgent[M]>> {
    return await this.askAbout(method, ...args.map((value) => ({ value })));
  }

  /** Calls the agent with values of the main thread, by the inspector's handles. */
  async askAbout<M extends Method>(method: M, ...args: Runtime.CallArgument[]): Promise<ReturnType<DebugAgent[M]>> {
    const { result } = await this.#call(method, args, true);
    return result.value as ReturnType<DebugAgent[M]>;
  }

  /** The inspector's handle on a value of the agent's. */
  async handleOf(reference: number): Promise<string | undefined> {
    const { result } = await this.#call('valueOf', [{ value: reference }], false);
    return result.objectId;
  }

  async #call(
    method: Method,
    args: Runtime.CallArgument[],
    returnByValue: boolean,
  ): Promise<Runtime.CallFunctionOnReturnType> {
    if (this.#stale) {
      this.#stale = false;
      await this.#callFunction('function () { this.release(); }', [], true);
    }
    return await this.#callFunction(`function (...args) { return this.${method}(...args); }`, args, returnByValue);
  }

  /** Runs a function on the main thread, among the globals. */
  async run(functionDeclaration: string, ...args: Runtime.CallArgument[]): Promise<void> {
    await this.#callFunction(functionDeclaration, args, true);
  }

  async #callFunction(
    functionDeclaration: string,
    args: Runtime.CallArgument[],
    returnByValue: boolean,
  ): Promise<Runtime.CallFunctionOnReturnType> {
    const called = await this.answer(
      this.session.post('Runtime.callFunctionOn', {
        objectId: this.#agentId,
        functionDeclaration,
        arguments: args,
        returnByValue,
        silent: true,
        objectGroup: VALUES,
      }),
    );
    if (called.exceptionDetails !== undefined) throw new DebugError(messageOf(called.exceptionDetails));
    return called;
  }
}

/** What was thrown, in one line. */
export function messageOf({ exception, text }: Runtime.ExceptionDetails): string {
  const [line = text] = (exception?.description ?? String(exception?.value ?? text)).split('\n');
  return line;
}
