import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExtensionFigures, extensionAsText } from './extension.ts';

const figures: ExtensionFigures = {
  extension: 'one.one 1.0.0',
  activation: 50,
  offered: 60,
  firstChosen: 700,
  firstCell: 500,
  cell: 20,
  floor: 12,
  memoryBefore: 100,
  memoryWithKernels: 130,
  memoryOfHelpers: 40,
  vsix: 16,
};

/** The cells of the rows, by their titles. */
function rows(text: string): Map<string, string[]> {
  return new Map(
    text.split('\n').map((line) => {
      const [title = '', ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [title, cells];
    }),
  );
}

test('the extension alone has its figures and the goals', () => {
  const shown = rows(extensionAsText(figures, 4));
  assert.deepEqual(shown.get('activation'), ['50.0 ms', '']);
  assert.deepEqual(shown.get('its overhead over the bare client, p50'), ['16.0 ms', '<= 15 ms']);
  assert.deepEqual(shown.get('size of the .vsix'), ['16.0 MiB', '']);
  assert.equal(shown.has('the same, from choosing the kernel on'), false);
});

test('another extension has a column beside it, and each row the ratio', () => {
  const beside = { ...figures, extension: 'two.two 2.0.0', activation: 200, memoryOfHelpers: 0 };
  const shown = rows(extensionAsText({ ...figures, beside }, undefined));
  assert.deepEqual(shown.get('extension in VS Code'), ['one.one 1.0.0', 'two.two 2.0.0', 'ratio', 'goal']);
  assert.deepEqual(shown.get('activation'), ['50.0 ms', '200.0 ms', '0.25', '']);
  const memory = shown.get('the same with what the extension runs beside it, kernels apart, PSS');
  assert.deepEqual(memory, ['170.0 MiB', '130.0 MiB', '1.31', '']);
  assert.equal(shown.has('its overhead over the bare client, p50'), false);
});
