/** What VS Code knows of the extension, before it is active and right after. First of all tests: the others activate it. */
import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { test } from './runner.ts';

const ID = 'elara.elara';

function extension() {
  const found = extensions.getExtension(ID);
  assert.ok(found, `${ID} is not installed`);
  return found;
}

test('the extension is there and not active before it is needed', () => {
  assert.equal(extension().isActive, false);
});

test('it asks for no proposed API', () => {
  assert.equal(extension().packageJSON.enabledApiProposals, undefined);
});

test('every command of the manifest has a handler once it is active', async () => {
  await extension().activate();
  const known = new Set(await commands.getCommands(true));
  const declared: { command: string }[] = extension().packageJSON.contributes.commands;
  assert.deepEqual(
    declared.map(({ command }) => command).filter((command) => !known.has(command)),
    [],
  );
});
