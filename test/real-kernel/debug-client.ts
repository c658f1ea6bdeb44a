import assert from 'node:assert/strict';
import type { TestClient } from '@elara/kernel/server/testing/test-client';
import type { JsonObject, ReceivedMessage } from '@elara/protocol/message';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { RealKernel } from './real-kernel.ts';

/** A client of the Debug Adapter Protocol over Jupyter's messages, beside another one that runs the cells. */
export class DebugClient {
  readonly requests: TestClient;
  readonly cells: TestClient;
  readonly #events: DebugProtocol.Event[] = [];
  #waiting: (() => void) | undefined;
  #seq = 0;

  private constructor(requests: TestClient, cells: TestClient, events: TestClient) {
    this.requests = requests;
    this.cells = cells;
    void this.#listen(events);
  }

  static async connect(kernel: RealKernel): Promise<DebugClient> {
    const requests = await kernel.connect({ iopub: false });
    const events = await kernel.connect({ patienceMs: -1 });
    return new DebugClient(requests, await kernel.connect(), events);
  }

  /** Sends a request and gives back the content of its reply. */
  async request<Body = JsonObject>(
    command: string,
    args: JsonObject = {},
  ): Promise<DebugProtocol.Response & { body: Body }> {
    this.#seq += 1;
    const content = { type: 'request', seq: this.#seq, command, arguments: args };
    const id = await this.requests.send('control', 'debug_request', content);
    const reply = await this.requests.receive('control');
    assert.equal(reply.header.msg_type, 'debug_reply');
    assert.equal(reply.parentHeader.msg_id, id);
    assert.equal(reply.content.request_seq, this.#seq);
    return reply.content as unknown as DebugProtocol.Response & { body: Body };
  }

  /** The body of the reply to a request that must succeed. */
  async ask<Body = JsonObject>(command: string, args: JsonObject = {}): Promise<Body> {
    const reply = await this.request<Body>(command, args);
    assert.equal(reply.success, true, `${command}: ${reply.message}`);
    return reply.body;
  }

  /** Why a request was refused. */
  async refusal(command: string, args: JsonObject = {}): Promise<string> {
    const reply = await this.request(command, args);
    assert.equal(reply.success, false, `${command} succeeded`);
    return reply.message ?? '';
  }

  async attach(): Promise<void> {
    await this.ask('initialize', { clientID: 'test', adapterID: 'elara' });
    await this.ask('attach');
    await this.ask('configurationDone');
  }

  /** The next event of this name; those before it are dropped. */
  async event<Body = Record<string, unknown>>(name: string): Promise<Body> {
    for (;;) {
      const event = this.#events.shift();
      if (event === undefined) {
        const more = Promise.withResolvers<void>();
        this.#waiting = more.resolve;
        const timer = setTimeout(() => more.reject(new Error(`no event ${name} came`)), 10_000);
        await more.promise.finally(() => clearTimeout(timer));
      } else if (event.event === name) return event.body as Body;
    }
  }

  /** Sets breakpoints in a cell; gives them back. */
  async breakpoints(code: string, ...breakpoints: (number | JsonObject)[]): Promise<DebugProtocol.Breakpoint[]> {
    const { sourcePath } = await this.ask<{ sourcePath: string }>('dumpCell', { code });
    const asked = breakpoints.map((each) => (typeof each === 'number' ? { line: each } : each));
    const set = await this.ask<DebugProtocol.SetBreakpointsResponse['body']>('setBreakpoints', {
      source: { path: sourcePath },
      breakpoints: asked,
      sourceModified: false,
    });
    return set.breakpoints;
  }

  async stopped(): Promise<DebugProtocol.StoppedEvent['body']> {
    return await this.event('stopped');
  }

  async frames(): Promise<DebugProtocol.StackFrame[]> {
    return (await this.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 })).stackFrames;
  }

  /** `f:3 < In[2]:1` */
  async stack(): Promise<string> {
    return (await this.frames()).map(({ name, line }) => `${name}:${line}`).join(' < ');
  }

  /** The variables of a scope of the innermost frame. */
  async scope(name: string): Promise<Map<string, DebugProtocol.Variable>> {
    const [frame] = await this.frames();
    const { scopes } = await this.ask<DebugProtocol.ScopesResponse['body']>('scopes', { frameId: frame?.id ?? -1 });
    const scope = scopes.find((each) => each.name === name);
    assert.ok(scope, `no scope ${name} among ${scopes.map((each) => each.name)}`);
    return await this.variables(scope.variablesReference);
  }

  async variables(variablesReference: number, page: JsonObject = {}): Promise<Map<string, DebugProtocol.Variable>> {
    const { variables } = await this.ask<DebugProtocol.VariablesResponse['body']>('variables', {
      variablesReference,
      ...page,
    });
    return new Map(variables.map((variable) => [variable.name, variable]));
  }

  /** What an expression gives in the innermost frame. */
  async evaluate(expression: string, context = 'repl'): Promise<string> {
    const [frame] = await this.frames();
    const args = { expression, context, frameId: frame?.id ?? -1 };
    return (await this.ask<DebugProtocol.EvaluateResponse['body']>('evaluate', args)).result;
  }

  async continue(): Promise<void> {
    await this.ask('continue', { threadId: 1 });
  }

  /** Runs a cell, and gives its end: the texts that it has shown. */
  run(code: string): { readonly shown: Promise<string> } {
    const shown = this.cells.execute(code).then(({ published }) => published.map(textOf).join(''));
    // Not before somebody waits for it.
    shown.catch(() => undefined);
    return { shown };
  }

  /** Runs a cell that does not stop. */
  async show(code: string): Promise<string> {
    return await this.run(code).shown;
  }

  async #listen(events: TestClient): Promise<void> {
    while (!events.iopub.closed) {
      try {
        const { header, content } = await events.next();
        if (header.msg_type !== 'debug_event') continue;
        this.#events.push(content as unknown as DebugProtocol.Event);
        this.#waiting?.();
      } catch (error) {
        if (!events.iopub.closed) throw error;
      }
    }
  }
}

/** Text of a stream, a result or an error. */
function textOf({ header, content }: ReceivedMessage): string {
  switch (header.msg_type) {
    case 'stream':
      return String(content.text);
    case 'execute_result':
      return String((content.data as JsonObject)['text/plain']);
    case 'error':
      return `${content.ename}: ${content.evalue}`;
    default:
      return '';
  }
}
