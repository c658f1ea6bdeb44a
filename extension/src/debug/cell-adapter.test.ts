import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { CellAdapter } from './cell-adapter.ts';
import type { Cell } from './debug-kernel.ts';

/** A kernel that knows cells as /cells/<code>, and an editor with these cells. */
function house(...cells: { uri: string; code: string; order?: number }[]) {
  const asked: DebugProtocol.Request[] = [];
  const sent: DebugProtocol.ProtocolMessage[] = [];
  const bodies: Record<string, unknown> = {
    initialize: { supportsLogPoints: true },
    debugInfo: { tmpFilePrefix: '/cells/', stoppedThreads: [] },
  };
  let interrupts = 0;
  let ids = 0;
  const adapter = new CellAdapter(
    {
      async request(request) {
        asked.push(request);
        const reply = { type: 'response', seq: 0, request_seq: request.seq, command: request.command };
        const { code, breakpoints } = request.arguments;
        if (request.command === 'fail') return { ...reply, success: false, message: 'no {such} thing' };
        if (request.command === 'dumpCell') return { ...reply, success: true, body: { sourcePath: `/cells/${code}` } };
        if (request.command === 'setBreakpoints') {
          // A breakpoint is another one each time it is set; there is no code in line 13.
          const set = breakpoints.map(({ line }: { line: number }) => ({ id: ++ids, verified: line !== 13, line }));
          return { ...reply, success: true, body: { breakpoints: set } };
        }
        return { ...reply, success: true, body: bodies[request.command] };
      },
      async interrupt() {
        interrupts += 1;
      },
    },
    {
      all: () => cells.map((cell): Cell => ({ name: `Cell ${cell.uri}`, order: undefined, ...cell })),
      isCell: (uri) => uri.startsWith('cell:'),
    },
  );
  adapter.onMessage((message) => sent.push(message));
  let seq = 0;
  return {
    adapter,
    asked,
    bodies,
    sent,
    cells,
    interrupts: () => interrupts,
    /** The reply to a request. */
    async ask(command: string, args: object = {}): Promise<DebugProtocol.Response> {
      seq += 1;
      const own = seq;
      const reply = Promise.withResolvers<DebugProtocol.Response>();
      const listening = adapter.onMessage((message) => {
        const response = message as DebugProtocol.Response;
        if (message.type === 'response' && response.request_seq === own) reply.resolve(response);
      });
      const request: DebugProtocol.Request = { type: 'request', seq: own, command, arguments: args };
      adapter.handle(request);
      return await reply.promise.finally(() => listening.dispose());
    },
    /** Somebody writes at the begin of a cell. */
    edit(uri: string, text: string): void {
      const index = cells.findIndex((cell) => cell.uri === uri);
      cells[index] = { ...cells[index], uri, code: text + cells[index]?.code };
      adapter.edited(uri, [{ rangeOffset: 0, rangeLength: 0, text }]);
    },
    /** An event of the kernel. Resolves when it has been heard. */
    async heard(body: object, event = 'breakpoint'): Promise<void> {
      adapter.handleEvent({ type: 'event', seq: 0, event, body });
      adapter.handleEvent({ type: 'event', seq: 0, event: 'heard' });
      const isHeard = (message: DebugProtocol.ProtocolMessage) => 'event' in message && message.event === 'heard';
      while (!sent.some(isHeard)) await new Promise(setImmediate);
      sent.splice(sent.findIndex(isHeard), 1);
    },
    /** What the editor was told of breakpoints without asking. */
    told: () =>
      sent.flatMap((message) => {
        const { event, body } = message as DebugProtocol.BreakpointEvent;
        return event === 'breakpoint' ? [body.breakpoint] : [];
      }),
    /** What was asked of the kernel, shortly. */
    breakpointsSet: () =>
      asked.flatMap(({ command, arguments: { source, lines } }) =>
        command === 'setBreakpoints' ? [`${source.path}: ${lines}`] : [],
      ),
  };
}

test('a launch is an attach; the session is configured when its breakpoints are', async () => {
  const { adapter, ask, asked } = house({ uri: 'cell:1', code: 'a' });
  const { body } = await ask('initialize', { adapterID: 'elara' });
  assert.deepEqual(body, {
    supportsLogPoints: true,
    supportsConfigurationDoneRequest: true,
    supportsTerminateRequest: true,
  });
  const launched = await ask('launch', { cell: 'cell:1' });
  assert.deepEqual([launched.command, launched.success], ['launch', true]);
  assert.ok(asked.some(({ command }) => command === 'attach'));
  await ask('configurationDone');
  await adapter.configured;
});

test('breakpoints of a cell are set at the path of its code', async () => {
  const { ask, breakpointsSet } = house({ uri: 'cell:1', code: 'a' });
  await ask('initialize');
  const { body } = await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 2 }, { line: 4 }] });
  assert.deepEqual(breakpointsSet(), ['/cells/a: 2,4']);
  const [{ id: first }, { id: second }] = body.breakpoints;
  assert.deepEqual(body.breakpoints, [
    { id: first, verified: true, line: 2, source: { path: 'cell:1' } },
    { id: second, verified: true, line: 4, source: { path: 'cell:1' } },
  ]);
  assert.notEqual(first, second);
});

test('cells of the same code have their breakpoints together', async () => {
  const { ask, breakpointsSet } = house({ uri: 'cell:1', code: 'a' }, { uri: 'cell:2', code: 'a' });
  await ask('initialize');
  await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 1 }] });
  const { body } = await ask('setBreakpoints', { source: { path: 'cell:2' }, breakpoints: [{ line: 3 }] });
  assert.equal(body.breakpoints.length, 1);
  assert.equal(body.breakpoints[0].line, 3);
  await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [] });
  assert.deepEqual(breakpointsSet(), ['/cells/a: 1', '/cells/a: 1,3', '/cells/a: 3']);
});

test('breakpoints go along with a cell whose text is changed, and the editor is told', async () => {
  const { ask, breakpointsSet, edit, adapter, told } = house({ uri: 'cell:1', code: 'a' });
  await ask('initialize');
  const { body } = await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 1 }] });
  const [{ id }] = body.breakpoints;
  edit('cell:1', '0\n');
  // As long as it is written, nothing stops there.
  assert.deepEqual(told(), [{ id, verified: false, line: 2, source: { path: 'cell:1' } }]);
  edit('cell:1', '0\n');
  await adapter.refresh('cell:1');
  assert.deepEqual(breakpointsSet(), ['/cells/a: 1', '/cells/a: ', '/cells/0\n0\na: 3']);
  assert.deepEqual(told(), [
    { id, verified: false, line: 2, source: { path: 'cell:1' } },
    { id, verified: true, line: 3, source: { path: 'cell:1' } },
  ]);
});

test('a cell without breakpoints is not asked about when its text is changed', async () => {
  const { ask, adapter, breakpointsSet, edit, told } = house({ uri: 'cell:1', code: 'a' });
  await ask('initialize');
  edit('cell:1', '0\n');
  await adapter.refresh('cell:1');
  await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [] });
  edit('cell:1', '0\n');
  await adapter.refresh('cell:1');
  assert.deepEqual(breakpointsSet(), ['/cells/0\na: ']);
  assert.deepEqual(told(), []);
});

test('a text that is changed while its breakpoints are set has none until they are set anew', async () => {
  const { ask, adapter, edit, told } = house({ uri: 'cell:1', code: 'a' });
  await ask('initialize');
  const setting = ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 1 }] });
  edit('cell:1', '0\n');
  const { body } = await setting;
  const [{ id, line }] = body.breakpoints;
  assert.equal(line, 2);
  await adapter.refresh('cell:1');
  assert.deepEqual(told().at(-1) ?? body.breakpoints[0], {
    id,
    verified: true,
    line: 2,
    source: { path: 'cell:1' },
  });
});

test('cells that come to have the same code, or no longer have it, keep the ids of their breakpoints', async () => {
  const { ask, edit, adapter, told, heard } = house({ uri: 'cell:1', code: 'a' }, { uri: 'cell:2', code: '0\na' });
  await ask('initialize');
  const one = (await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 1 }] })).body;
  const two = (await ask('setBreakpoints', { source: { path: 'cell:2' }, breakpoints: [{ line: 13 }] })).body;
  const [first, second] = [one.breakpoints[0].id, two.breakpoints[0].id];
  assert.notEqual(first, second);
  edit('cell:1', '0\n');
  await adapter.refresh('cell:1');
  const before = told().length;
  // Both are at the path of one code now; the kernel has counted on: 1, 2, then 3 and 4.
  await heard({ reason: 'changed', breakpoint: { id: 4, verified: true, line: 14 } });
  await heard({ reason: 'changed', breakpoint: { id: 3, verified: false, line: 2 } });
  assert.deepEqual(told().slice(before), [
    { id: second, verified: true, line: 14, source: { path: 'cell:2' } },
    { id: first, verified: false, line: 2, source: { path: 'cell:1' } },
  ]);
});

test('breakpoints of files are told as the kernel tells them, and what is stopped at by the ids of the editor', async () => {
  const { ask, heard, sent, told } = house({ uri: 'cell:1', code: 'a' });
  await ask('initialize');
  const { body } = await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 1 }] });
  await ask('setBreakpoints', { source: { path: '/home/me/util.ts' }, breakpoints: [{ line: 7 }] });
  await heard({ reason: 'changed', breakpoint: { id: 2, verified: true, line: 8 } });
  assert.deepEqual(told(), [{ id: 2, verified: true, line: 8 }]);
  await heard({ reason: 'breakpoint', threadId: 1, hitBreakpointIds: [1, 2] }, 'stopped');
  const { body: stopped } = sent.at(-1) as DebugProtocol.StoppedEvent;
  assert.deepEqual(stopped.hitBreakpointIds, [body.breakpoints[0].id, 2]);
});

test('a cell that is gone leaves no breakpoints behind', async () => {
  const { ask, adapter, breakpointsSet, cells } = house({ uri: 'cell:1', code: 'a' });
  await ask('initialize');
  await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 1 }] });
  cells.pop();
  await adapter.refresh('cell:1');
  assert.deepEqual(breakpointsSet(), ['/cells/a: 1', '/cells/a: ']);
  const { body } = await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 1 }] });
  assert.equal(body.breakpoints[0].verified, false);
  assert.match(body.breakpoints[0].message, /not of the notebook/);
});

test('breakpoints in cells of other notebooks are not set, those in files are', async () => {
  const { ask, breakpointsSet } = house({ uri: 'cell:1', code: 'a' });
  await ask('initialize');
  const { body } = await ask('setBreakpoints', { source: { path: 'cell:other' }, breakpoints: [{ line: 1 }] });
  assert.equal(body.breakpoints[0].verified, false);
  await ask('setBreakpoints', { source: { path: '/home/me/util.ts' }, breakpoints: [{ line: 7 }] });
  assert.deepEqual(breakpointsSet(), ['/home/me/util.ts: 7']);
});

test('frames are in the cells; of several with the same code in the one that ran last', async () => {
  const { ask, bodies } = house(
    { uri: 'cell:1', code: 'f' },
    { uri: 'cell:2', code: 'f', order: 5 },
    { uri: 'cell:3', code: 'g', order: 6 },
  );
  await ask('initialize');
  bodies.stackTrace = {
    stackFrames: [
      { id: 1, name: 'f', line: 1, column: 1, source: { name: 'In[5]', path: '/cells/f' } },
      { id: 2, name: 'In[6]', line: 1, column: 1, source: { name: 'In[6]', path: '/cells/g' } },
      { id: 3, name: 'util', line: 1, column: 1, source: { name: 'util.ts', path: '/home/me/util.ts' } },
    ],
  };
  const { body } = await ask('stackTrace', { threadId: 1 });
  assert.deepEqual(
    body.stackFrames.map(({ source }: DebugProtocol.StackFrame) => source?.path),
    ['cell:2', 'cell:3', '/home/me/util.ts'],
  );
});

test('code that no cell has any more is shown as it ran', async () => {
  const { ask, asked, bodies } = house({ uri: 'cell:1', code: 'changed' });
  await ask('initialize');
  bodies.stackTrace = {
    stackFrames: [{ id: 1, name: 'f', line: 1, column: 1, source: { name: 'In[1]', path: '/cells/old' } }],
  };
  bodies.source = { content: 'old' };
  const [{ source }] = (await ask('stackTrace', { threadId: 1 })).body.stackFrames;
  assert.equal(source.path, undefined);
  assert.equal(source.name, 'In[1] (as it ran)');
  const { body } = await ask('source', { source, sourceReference: source.sourceReference });
  assert.equal(body.content, 'old');
  assert.equal(asked.at(-1)?.arguments.source.path, '/cells/old');
});

test("an exception's stack names the cells", async () => {
  const { ask, bodies } = house({ uri: 'cell:1', code: 'f' });
  await ask('initialize');
  bodies.exceptionInfo = {
    details: { stackTrace: 'E\n  at f (/cells/f:5:1)\n  at /cells/old:1:2\n  at g (/home/a.ts:1:1)' },
  };
  const { body } = await ask('exceptionInfo', { threadId: 1 });
  assert.equal(body.details.stackTrace, 'E\n  at f (Cell cell:1:5:1)\n  at /cells/old:1:2\n  at g (/home/a.ts:1:1)');
});

test('a refusal of the kernel reaches the editor', async () => {
  const { ask } = house();
  const { success, message } = await ask('fail');
  assert.deepEqual([success, message], [false, 'no {such} thing']);
});

test('stop interrupts the cell; the session ends once, with it', async () => {
  const { adapter, ask, interrupts, sent } = house();
  await ask('initialize');
  await ask('terminate');
  assert.equal(interrupts(), 1);
  adapter.end();
  adapter.end();
  const events = sent.flatMap((message) => (message.type === 'event' ? [(message as DebugProtocol.Event).event] : []));
  assert.deepEqual(events, ['terminated']);
  await assert.rejects(adapter.configured, /ended before/);
});

test('what stood still before the session is shown', async () => {
  const { ask, bodies, sent } = house();
  bodies.debugInfo = { tmpFilePrefix: '/cells/', stoppedThreads: [1] };
  await ask('initialize');
  await ask('configurationDone');
  const stopped = sent.at(-1) as DebugProtocol.StoppedEvent;
  assert.deepEqual([stopped.event, stopped.body.threadId], ['stopped', 1]);
});
