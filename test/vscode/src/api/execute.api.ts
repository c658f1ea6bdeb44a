/** Cells that run, as other extensions see them. */
import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { close, openNotebook, outputsOf, run, runAll, selectKernel } from './notebooks.ts';
import { eventually, test } from './runner.ts';

test('results, streams and displays have the media types of the kernel, in order', async () => {
  const notebook = await openNotebook(
    "console.log('out');\nconsole.error('err');\ndisplay.html('<b>shown</b>');\n({ a: 1 })",
  );
  const [cell] = await runAll(notebook);
  assert.ok(cell);
  const outputs = outputsOf(cell);
  const mimes = outputs.flatMap((output) => Object.keys(output));
  for (const mime of [
    'application/vnd.code.notebook.stdout',
    'application/vnd.code.notebook.stderr',
    'text/html',
    'text/plain',
  ]) {
    assert.ok(mimes.includes(mime), `${mime} among ${mimes}`);
  }
  assert.equal(outputs.at(-1)?.['text/plain'], '{ a: 1 }');
  assert.equal(cell.executionSummary?.executionOrder, 1);
  assert.equal(cell.executionSummary?.success, true);
  const { startTime = 0, endTime = 0 } = cell.executionSummary?.timing ?? {};
  assert.ok(startTime > 0 && endTime >= startTime);
  await close(notebook);
});

test('a kernel that was left for another one, and chosen again at once, runs the notebook', async () => {
  const notebook = await openNotebook('6 * 7');
  for (const id of ['own:javascript', 'own:typescript']) await selectKernel(id);
  // What is left is given up a second later.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const [cell] = await runAll(notebook);
  assert.ok(cell);
  assert.equal(outputsOf(cell).at(-1)?.['text/plain'], '42');
  await close(notebook);
});

test('cells are in the language of the kernel that was chosen last, however soon', async () => {
  const notebook = await openNotebook('6 * 7');
  const { document } = notebook.cellAt(0);
  const changes: string[] = [];
  const listening = workspace.onDidOpenTextDocument((opened) => {
    if (opened === document) changes.push(opened.languageId);
  });
  for (let round = 0; round < 5; round++) {
    await Promise.all(['spec:other', 'own:typescript'].map(selectKernel));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(document.languageId, 'typescript', `${changes}`);
  }
  listening.dispose();
  await close(notebook);
});

test('an error is an error item with name, message and stack, and the cells after it do not run', async () => {
  const notebook = await openNotebook("throw new RangeError('too far');", "'not run'");
  const [failed, after] = await runAll(notebook);
  assert.ok(failed && after);
  const error = JSON.parse(outputsOf(failed).at(-1)?.['application/vnd.code.notebook.error'] ?? '{}');
  assert.equal(error.name, 'RangeError');
  assert.equal(error.message, 'too far');
  assert.match(error.stack, /line 1/);
  await eventually('the second cell to be given up', () => after.executionSummary?.success === undefined);
  assert.deepEqual(outputsOf(after), []);
  await close(notebook);
});

test('a display is updated where it stands, and clear_output clears', async () => {
  const notebook = await openNotebook(
    "const shown = await display('first');",
    "await shown.update('second');\nconsole.log('old');\nclearOutput();\nconsole.log('new');",
  );
  const [first, second] = await runAll(notebook);
  assert.ok(first && second);
  await eventually('the update', () => outputsOf(first)[0]?.['text/plain']?.includes('second'));
  assert.deepEqual(outputsOf(second), [{ 'application/vnd.code.notebook.stdout': 'new\n' }]);
  await close(notebook);
});

test('output after the end of a cell lands in that cell', async () => {
  const notebook = await openNotebook("setTimeout(() => console.log('late'), 300);\n'ended'", "'next'");
  const [first, second] = await runAll(notebook);
  assert.ok(first && second);
  await eventually('the late output', () =>
    outputsOf(first).some((output) => output['application/vnd.code.notebook.stdout']?.includes('late')),
  );
  await eventually('the state of the first cell to be as before', () => first.executionSummary?.success === true);
  assert.equal(first.executionSummary?.executionOrder, 1);
  assert.deepEqual(outputsOf(second), [{ 'text/plain': "'next'" }]);
  await close(notebook);
});

test('a cell that is asked for twice runs twice', async () => {
  const notebook = await openNotebook('globalThis.count = (globalThis.count ?? 0) + 1');
  await runAll(notebook);
  await run(notebook);
  const cell = notebook.cellAt(0);
  await eventually('the second run', () => outputsOf(cell)[0]?.['text/plain'] === '2');
  await close(notebook);
});

test('an empty cell ends well', async () => {
  const notebook = await openNotebook('', "'next'");
  const [, second] = await runAll(notebook);
  assert.equal(second?.executionSummary?.success, true);
  await close(notebook);
});
