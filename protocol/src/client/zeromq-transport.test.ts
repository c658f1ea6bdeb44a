import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Router } from 'zeromq';
import type { ConnectionInfo } from '../connection.ts';
import { openZeromq } from './zeromq-transport.ts';

/** The shell channel of a kernel at this port, and what was asked there. */
async function bindShell(port = 0) {
  const router = new Router({ linger: 0, handover: true });
  while (true) {
    try {
      await router.bind(`tcp://127.0.0.1:${port === 0 ? '*' : port}`);
      break;
    } catch {
      // The kernel before it has not left it yet.
      await sleep(5);
    }
  }
  const asked: string[] = [];
  const listen = async (): Promise<void> => {
    for await (const [, request] of router) asked.push(String(request));
  };
  listen().catch(() => undefined);
  return { router, asked, port: Number(new URL(router.lastEndpoint ?? '').port) };
}

function connectionTo(port: number): ConnectionInfo {
  // Of its other channels there is none: sockets wait for them.
  const none = { iopub_port: 1, stdin_port: 2, control_port: 3, hb_port: 4 };
  return { transport: 'tcp', ip: '127.0.0.1', shell_port: port, ...none, key: '', signature_scheme: 'hmac-sha256' };
}

test('a client that comes back to a restarted kernel is not disturbed by what it had to say before', async (t) => {
  const before = await bindShell();
  const info = connectionTo(before.port);
  const left = await openZeromq(info, 'client');
  await left.shell.send(['first']);
  while (before.asked.length === 0) await sleep(5);
  before.router.close();
  await sleep(50);
  // Nobody is there to take it.
  void left.shell.send(['late']).catch(() => undefined);

  const kernel = await bindShell(before.port);
  t.after(() => kernel.router.close());
  left.close();
  const back = await openZeromq(info, 'client');
  t.after(() => back.close());
  const requests = Array.from({ length: 20 }, (_, index) => `request ${index}`);
  for (const request of requests) {
    await back.shell.send([request]);
    await sleep(10);
  }
  const arrived = (): string[] => kernel.asked.filter((request) => request.startsWith('request'));
  for (let looks = 0; looks < 200 && arrived().length < requests.length; looks++) await sleep(10);
  assert.deepEqual(arrived(), requests);
});
