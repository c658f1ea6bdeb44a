/** The declarations that the cells' types come from (kernel/types) are those of what the kernel makes. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { frontEnd } from './front-end.testing.ts';
import { models } from './generated/models.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const TYPES = ['widgets.d.ts', 'widget-models.d.ts'].map((name) => join(ROOT, 'kernel/types', name));

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'elara-declarations-'));
});
after(() => rmSync(folder, { recursive: true }));

/** What the compiler says of a cell; nothing, if all is right. */
function compile(code: string): string {
  writeFileSync(join(folder, 'cell.ts'), `declare const elara: Elara;\n${code}\nexport {};\n`);
  const compilerOptions = {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable', 'dom'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    types: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['cell.ts', ...TYPES] }));
  try {
    return execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

/** Names that an object and its classes have, without those of every object. */
function namesOf(value: object): string[] {
  const names = new Set<string>();
  for (let one = value; one !== Object.prototype; one = Object.getPrototypeOf(one)) {
    for (const name of Object.getOwnPropertyNames(one)) if (name !== 'constructor') names.add(name);
  }
  return [...names].sort();
}

const all = (names: readonly string[]): string => `{ ${names.map((name) => `${name}: true`).join(', ')} }`;

test('everything in elara.widgets is declared, and everything declared is there', () => {
  const { widgets } = frontEnd();
  const exhaustive = (type: string, names: readonly string[]) =>
    `(${all(names)}) satisfies Record<Extract<keyof ${type}, string>, true>;`;
  const lines = [exhaustive('typeof ElaraWidgets', Object.keys(widgets))];
  for (const { name, kind } of models) {
    const generic = ['selection', 'multiple', 'range'].includes(kind) ? '<unknown>' : '';
    lines.push(exhaustive(`ElaraWidgets.${name}${generic}`, namesOf(Reflect.get(widgets, name).prototype)));
  }
  assert.equal(compile(lines.join('\n')), '');
});

test('what cells write has the types that they expect', () => {
  assert.equal(
    compile(`
const { IntSlider, VBox, Dropdown, SelectMultiple, SelectionRangeSlider, Button, Text, Output, Tab } = elara.widgets;
const { slider, progress, interact, anywidget, DatePicker, FileUpload, IntRangeSlider } = elara.widgets;
const size = new IntSlider({ value: 3, style: { handleColor: 'red' }, layout: { width: '3px', border: '1px solid' } });
size.on('change:value', ({ value, previous }) => (value - previous).toFixed());
size.layout.width = '3';
size.layout = { width: '5px' };
size.set({ min: 0, max: 4 });
for await (const value of size) value.toFixed();
const next: number = await size.next();
const letters = new Dropdown({ options: ['a', 'b'] });
letters.value?.toUpperCase();
letters.on('change:value', ({ value }) => value?.toUpperCase());
const numbers = new Dropdown({ options: { one: 1, two: 2 }, value: 1 });
numbers.value?.toFixed();
const several: readonly number[] = new SelectMultiple({ options: [1, 2], value: [1] }).value;
new SelectionRangeSlider({ options: ['a', 'b'] }).value[1].trim();
const button = new Button('Go', () => 1);
button.on('click', () => 2);
await button.clicked;
for await (const count of button) count.toFixed();
const text = new Text({ value: 'a' });
text.on('submit', () => 1);
text.on('change:value', ({ value }) => value.trim());
(await text.submitted).trim();
new VBox([size, letters, button]);
new VBox({ children: [size] });
new Tab([size, letters], { titles: ['a'] });
for (const n of progress(10)) n.toFixed();
for (const word of progress(['a'])) word.trim();
slider({ min: 0, max: 1 }).value.toFixed();
slider({ value: [1, 2] }).value[0].toFixed();
interact(({ a, b, c, d, e, f }) => [a.toFixed(), b.trim(), c.valueOf(), d.trim(), e.toFixed(), f.toFixed()], {
  a: 3,
  b: 'x',
  c: true,
  d: ['x', 'y'],
  e: size,
  f: [0, 10],
});
const counter = anywidget({ esm: '', state: { count: 0 }, commands: { double: (n: number) => n * 2 } });
counter.count += 1;
counter.on('change:count', ({ value }) => value.toFixed());
counter.close();
new Output().capture(() => 1).toFixed();
new DatePicker({ value: new Date() }).value?.getTime();
new FileUpload().value[0]?.content.length;
const range: ElaraWidgets.IntRangeSlider = new IntRangeSlider({ value: [1, 2] });
// @ts-expect-error: no number
size.value = 'x';
// @ts-expect-error: no orientation
size.orientation = 'diagonal';
// @ts-expect-error: no such trait
new IntSlider({ valu: 1 });
// @ts-expect-error: no such event
size.on('change:valu', () => 1);
// @ts-expect-error: no such option
new Dropdown<string>({ options: ['a'], value: 1 });`),
    '',
  );
});
