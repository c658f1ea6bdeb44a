/** VS Code's debugger and a kernel, with the extension's adapter between them. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CellAdapter } from '@elara/extension/src/debug/cell-adapter.ts';
import type { Cell, Cells } from '@elara/extension/src/debug/debug-kernel.ts';
import type { JsonObject } from '@elara/protocol/message';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());

const INITIALIZE = { clientID: 'vscode', adapterID: 'elara', linesStartAt1: true, columnsStartAt1: true };

/** A notebook that is debugged, and the editor's side of the protocol. */
class Editor implements Cells {
  readonly adapter: CellAdapter;
  readonly #cells: Cell[];
  readonly #run: (code: string) => Promise<unknown>;
  readonly #events: DebugProtocol.Event[] = [];
  #waiting: (() => void) | undefined;
  #seq = 0;
  #order = 0;

  private constructor(
    codes: readonly string[],
    request: (request: DebugProtocol.Request) => Promise<DebugProtocol.Response>,
    run: (code: string) => Promise<unknown>,
  ) {
    this.#cells = codes.map((code, index) => ({
      uri: `cell:${index + 1}`,
      name: `Cell ${index + 1}`,
      code,
      order: undefined,
    }));
    this.#run = run;
    this.adapter = new CellAdapter({ request, interrupt: async () => undefined }, this);
    this.adapter.onMessage((message) => {
      if (message.type !== 'event') return;
      this.#events.push(message as DebugProtocol.Event);
      this.#waiting?.();
    });
  }

  static async open(...codes: string[]): Promise<Editor> {
    const control = await kernel.connect({ iopub: false });
    const events = await kernel.connect({ patienceMs: -1 });
    const shell = await kernel.connect();
    // One at a time, since replies come in the order of the requests.
    let turn: Promise<unknown> = Promise.resolve();
    const request = (content: DebugProtocol.Request): Promise<DebugProtocol.Response> => {
      const reply = turn.then(async () => {
        await control.send('control', 'debug_request', content as unknown as JsonObject);
        return (await control.receive('control')).content as unknown as DebugProtocol.Response;
      });
      turn = reply;
      return reply;
    };
    const editor = new Editor(codes, request, (code) => shell.execute(code));
    void (async () => {
      while (!events.iopub.closed) {
        try {
          const { header, content } = await events.next();
          if (header.msg_type === 'debug_event') editor.adapter.handleEvent(content as unknown as DebugProtocol.Event);
        } catch (error) {
          if (!events.iopub.closed) throw error;
        }
      }
    })();
    return editor;
  }

  all(): readonly Cell[] {
    return this.#cells;
  }

  isCell(uri: string): boolean {
    return uri.startsWith('cell:');
  }

  async ask<Body>(command: string, args: object = {}): Promise<Body> {
    this.#seq += 1;
    const own = this.#seq;
    const reply = Promise.withResolvers<DebugProtocol.Response>();
    const listening = this.adapter.onMessage((message) => {
      if (message.type === 'response' && (message as DebugProtocol.Response).request_seq === own)
        reply.resolve(message as DebugProtocol.Response);
    });
    const request: DebugProtocol.Request = { type: 'request', seq: own, command, arguments: args };
    this.adapter.handle(request);
    const { success, message, body } = await reply.promise.finally(() => listening.dispose());
    assert.equal(success, true, `${command}: ${message}`);
    return body;
  }

  async event<Body>(name: string): Promise<Body> {
    for (;;) {
      const event = this.#events.shift();
      if (event?.event === name) return event.body;
      if (event !== undefined) continue;
      const more = Promise.withResolvers<void>();
      this.#waiting = more.resolve;
      const timer = setTimeout(() => more.reject(new Error(`no event ${name} came`)), 10_000);
      await more.promise.finally(() => clearTimeout(timer));
    }
  }

  async start(breakpoints: Record<string, DebugProtocol.SourceBreakpoint[]>): Promise<DebugProtocol.Breakpoint[]> {
    await this.ask('initialize', INITIALIZE);
    await this.ask('launch');
    await this.event('initialized');
    const set: DebugProtocol.Breakpoint[] = [];
    for (const [path, wanted] of Object.entries(breakpoints)) {
      const body = await this.ask<DebugProtocol.SetBreakpointsResponse['body']>('setBreakpoints', {
        source: { path },
        breakpoints: wanted,
      });
      set.push(...body.breakpoints);
    }
    await this.ask('configurationDone');
    await this.adapter.configured;
    return set;
  }

  /** Begins a cell. */
  run(index: number): Promise<unknown> {
    const cell = this.#cells[index];
    assert.ok(cell);
    this.#order += 1;
    this.#cells[index] = { ...cell, order: this.#order };
    return this.#run(cell.code);
  }

  change(index: number, code: string): void {
    const cell = this.#cells[index];
    assert.ok(cell);
    this.#cells[index] = { ...cell, code };
  }

  /** Where the code stands: `f cell:1:2 < …` */
  async stack(): Promise<string> {
    const { stackFrames } = await this.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 });
    return stackFrames.map(({ name, source, line }) => `${name} ${source?.path ?? source?.name}:${line}`).join(' < ');
  }
}

test('a breakpoint in one cell is hit by the call of another; frames are in both', async () => {
  const editor = await Editor.open('function twice(x: number): number {\n  return 2 * x;\n}', 'const y = twice(4);\ny');
  await editor.run(0);
  const [breakpoint] = await editor.start({ 'cell:1': [{ line: 2 }] });
  assert.deepEqual([breakpoint?.verified, breakpoint?.line], [true, 2]);
  const done = editor.run(1);
  await editor.event('stopped');
  assert.match(await editor.stack(), /^twice cell:1:2 < In\[\d+\] cell:2:1$/);
  await editor.ask('stepOut', { threadId: 1 });
  await editor.event('stopped');
  assert.match(await editor.stack(), /^In\[\d+\] cell:2:\d$/);
  await editor.ask('continue', { threadId: 1 });
  await done;
  await editor.ask('disconnect', { restart: false });
});

test('a cell that was changed since it ran is shown as it ran', async () => {
  const code = 'function half(x: number): number {\n  debugger;\n  return x / 2;\n}';
  const editor = await Editor.open(code, 'half(4)');
  await editor.run(0);
  editor.change(0, '// nothing');
  await editor.start({});
  const done = editor.run(1);
  await editor.event('stopped');
  const { stackFrames } = await editor.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 });
  const source = stackFrames[0]?.source;
  assert.match(source?.name ?? '', /^In\[\d+\] \(as it ran\)$/);
  const { content } = await editor.ask<{ content: string }>('source', {
    source,
    sourceReference: source?.sourceReference,
  });
  assert.equal(content, code);
  await editor.ask('continue', { threadId: 1 });
  await done;
  await editor.ask('disconnect', { restart: false });
});

test('conditions, and changes of a cell while the session lasts', async () => {
  const code = 'for (let i = 0; i < 5; i++) {\n  i * 2;\n}\n"end"';
  const editor = await Editor.open(code);
  const [set] = await editor.start({ 'cell:1': [{ line: 2, condition: 'i === 3' }] });
  let done = editor.run(0);
  await editor.event('stopped');
  const { result } = await editor.ask<DebugProtocol.EvaluateResponse['body']>('evaluate', {
    expression: 'i',
    frameId: (await editor.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 })).stackFrames[0]
      ?.id,
  });
  assert.equal(result, '3');
  await editor.ask('continue', { threadId: 1 });
  await done;
  const text = '// A line more.\n';
  editor.change(0, text + code);
  editor.adapter.edited('cell:1', [{ rangeOffset: 0, rangeLength: 0, text }]);
  const before = await editor.event<DebugProtocol.BreakpointEvent['body']>('breakpoint');
  assert.equal(before.breakpoint.verified, false);
  await editor.adapter.refresh('cell:1');
  const { reason, breakpoint } = await editor.event<DebugProtocol.BreakpointEvent['body']>('breakpoint');
  assert.deepEqual([reason, breakpoint.id, breakpoint.verified, breakpoint.line], ['changed', set?.id, true, 3]);
  done = editor.run(0);
  await editor.event('stopped');
  assert.match(await editor.stack(), /cell:1:3$/);
  await editor.ask('continue', { threadId: 1 });
  await done;
  await editor.ask('disconnect', { restart: false });
});

test('what stands still since before the session is found so', async () => {
  const first = await Editor.open('debugger;\n"went on"');
  await first.start({});
  const done = first.run(0);
  await first.event('stopped');
  const second = await Editor.open('debugger;\n"went on"');
  await second.start({});
  await second.event('stopped');
  assert.match(await second.stack(), /cell:1:1$/);
  await second.ask('disconnect', { restart: false });
  await done;
});

test('the session ends with the process', async () => {
  const editor = await Editor.open('process.exit(1)');
  await editor.start({});
  await editor.run(0);
  await editor.event('terminated');
});
