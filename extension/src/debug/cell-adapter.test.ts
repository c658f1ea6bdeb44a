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
  const adapter = new CellAdapter(
    {
      async request(request) {
        asked.push(request);
        const reply = { type: 'response', seq: 0, request_seq: request.seq, command: request.command };
        const { code, breakpoints } = request.arguments;
        if (request.command === 'fail') return { ...reply, success: false, message: 'no {such} thing' };
        if (request.command === 'dumpCell') return { ...reply, success: true, body: { sourcePath: `/cells/${code}` } };
        if (request.command === 'setBreakpoints') {
          const body = { breakpoints: breakpoints.map(({ line }: { line: number }) => ({ verified: true, line })) };
          return { ...reply, success: true, body };
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
  assert.deepEqual(body.breakpoints, [
    { verified: true, line: 2, source: { path: 'cell:1' } },
    { verified: true, line: 4, source: { path: 'cell:1' } },
  ]);
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

test('breakpoints go along with a cell whose text is changed', async () => {
  const { adapter, ask, breakpointsSet, cells } = house({ uri: 'cell:1', code: 'a' });
  await ask('initialize');
  await ask('setBreakpoints', { source: { path: 'cell:1' }, breakpoints: [{ line: 1 }] });
  cells[0] = { uri: 'cell:1', code: 'b' };
  await adapter.refresh('cell:1', [{ line: 2 }]);
  assert.deepEqual(breakpointsSet(), ['/cells/a: 1', '/cells/a: ', '/cells/b: 2']);
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
