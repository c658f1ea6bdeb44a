import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { DidCloseTextDocumentNotification, HoverRequest } from 'vscode-languageserver-protocol/node';
import { LanguageServer } from './language-server.ts';

/** A language server that closes its output as soon as it is initialised, as one does whose end is not yet told. */
const CLOSES = `#!${process.execPath}
const { closeSync } = require('node:fs');
let read = '';
process.stdin.on('data', (bytes) => {
  const before = read;
  read += bytes;
  const says = (method) => read.includes(JSON.stringify(method)) && !before.includes(JSON.stringify(method));
  const answer = JSON.stringify({ jsonrpc: '2.0', id: 0, result: { capabilities: {} } });
  if (says('initialize')) process.stdout.write('Content-Length: ' + answer.length + '\\r\\n\\r\\n' + answer);
  if (says('initialized')) closeSync(1);
});
`;

test('one that closes its output is asked nothing more, and ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'elara-language-server-'));
  const executable = join(folder, 'closes.cjs');
  writeFileSync(executable, CLOSES, { mode: 0o700 });
  let how: string | undefined;
  const server = await LanguageServer.start({
    executable,
    folder,
    memoryMiB: 100,
    stuckMs: 60_000,
    onEnded: (told) => {
      how = told;
    },
    onStuck: () => undefined,
  });
  const textDocument = { uri: 'file:///a.ts' };
  const place = { textDocument, position: { line: 0, character: 0 } };
  while (how === undefined) {
    assert.equal(await server.request(HoverRequest.type, place, { timeoutMs: 5 }), undefined);
    await server.notify(DidCloseTextDocumentNotification.type, { textDocument });
    await setImmediate();
  }
  assert.equal(how, 'ended with SIGKILL');
  rmSync(folder, { recursive: true });
});
