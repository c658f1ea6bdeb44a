/** Cells that nobody would write, and those that somebody is in the middle of writing. */
import type { Random } from './wrong-messages.ts';

/** Files that the cells write, if they run. */
export const TOUCHED = 'touched.txt';
/** A module that writes one of them when it is loaded. */
export const LOADED_MODULE = 'loaded.mjs';
export const LOADED_SOURCE = `import { writeFileSync } from 'node:fs';\nwriteFileSync('${TOUCHED}', 'loaded');\nexport const loaded = { deep: 1 };\n`;

/** Declares what counts, in `touched`, whatever is done to it. */
export const TRAPS = `
let touched = 0;
const touch = (): any => { touched += 1; return () => touched; };
const trap: any = {
  get expensive() { return touch(); },
  set expensive(value: unknown) { touch(); },
  method() { return touch(); },
  toString: touch, valueOf: touch, toJSON: touch, then: touch,
  [Symbol.toPrimitive]: touch,
  [Symbol.iterator]: touch,
  [Symbol.asyncIterator]: touch,
  [Symbol.dispose]: touch,
  [Symbol.for('nodejs.util.inspect.custom')]: touch,
  get [Symbol.toStringTag]() { return touch(); },
  plain: { inner: { deep: 1 }, list: [1, 2, 3] },
};
const handler = new Proxy({}, { get: () => touch });
const proxy: any = new Proxy(function target() {}, handler);
const inherits: any = Object.create(proxy);
class Trap {
  static get now() { return touch(); }
  static { Object.defineProperty(this, Symbol.hasInstance, { value: touch }); }
  constructor() { touch(); }
  get late(): string { return touch(); }
}
const mark = (strings: TemplateStringsArray, ...values: unknown[]): any => touch();
const decorate = (...all: unknown[]): any => touch();
const write = (): void => { touch(); require('node:fs').writeFileSync('${TOUCHED}', 'x'); };
`;

/** Declares what is harmless. */
export const PLAIN = `
interface User { name: string; age?: number; role: 'admin' | 'guest' }
const users: User[] = [{ name: 'Ada', role: 'admin' }];
const lookup = new Map([['a', { count: 1 }]]);
function greet(user: User, times = 1): string { return user.name.repeat(times); }
enum Color { Red, Green = 'green' }
class Counter { #n = 0; add(by: number): this { this.#n += by; return this; } }
const counter = new Counter();
const 名前 = { 長さ: 2, '😀': 3 };
let maybe: User | undefined;
`;

/** What would have an effect if it were executed. */
const EFFECTS = [
  'trap.expensive.',
  'trap.expensive = 1;',
  'trap.method().',
  'trap.plain.inner.de',
  "trap['pla",
  `\`\${trap}\``,
  `mark\`a\${trap}b\`.`,
  'proxy.anything.at.all',
  'proxy().',
  "proxy['key",
  'inherits.some',
  'Trap.now.to',
  'new Trap().late.',
  'trap instanceof Trap',
  '({ ...proxy }).',
  '[...trap].',
  'trap + 1',
  '+trap',
  'await trap',
  'for (const one of trap) one.',
  'for await (const one of trap) one.',
  'using held = trap;',
  '@decorate class Decorated {}',
  'class Own { static { touch(); } static field = write(); }',
  'write();',
  'touch()().',
  '(() => write())().',
  `import('./${LOADED_MODULE}').then((all) => all.lo`,
  `import { lo } from './${LOADED_MODULE}';`,
  `require('./${LOADED_MODULE}').`,
  `require('node:fs').writeFileSync('${TOUCHED}', 'x');`,
  `(await import('node:fs')).writeFileSync('${TOUCHED}', 'x').`,
  `eval("write()").`,
  'new Function("write()")().',
  `%save ${TOUCHED}\n`,
  '%time write()\n',
  '%%time\nwrite()\n',
  '%bench touch()\n',
  'display(trap)',
  'JSON.stringify(trap).',
  'String(trap).',
  'Object.keys(proxy).',
  'structuredClone(trap).',
  'Reflect.ownKeys(proxy).',
];

const HARMLESS = [
  'users.map((user) => user.na',
  "users[0].role === '",
  "greet({ name: 'a', role: '",
  'lookup.get("a")?.',
  'counter.add(1).a',
  'Color.',
  '名前.',
  "名前['😀'].to",
  'maybe?.age?.toF',
  'const { name, ro } = users[0];',
  "import { join, re } from 'node:path';",
  "import x from 'node:",
  "import type { A } from './",
  'type Keys = keyof User; const key: Keys = "',
  'type Deep<T> = { [K in keyof T]: T[K] extends object ? Deep<T[K]> : T[K] }; let deep: Deep<User>;',
  'async function later() { await users; return 1 }',
  'function* many(): Generator<number> { yield 1; yield* many() }',
  'class Sub extends Counter { override add(by: number) { return super.add(by) } }',
  'switch (users.length) { case 1: break; default: }',
  'try { users.at(0) } catch (error) { error.message } finally { }',
  'label: { break label }',
  'namespace N { export const x = 1; export namespace M { export type T = typeof x } }',
  'abstract class Shape { abstract area(): number }',
  'const tuple = [1, "a", true] as const satisfies readonly unknown[];',
  '/** @deprecated no @param {string} */ function old() {}',
  '/** @jsx h */ const view = <div a={1}>{users}</div>;',
  `const text = \`a \${users.length} b \${\`c \${1}\`}\`;`,
  'const pattern = /[/\\]]+(?<name>x)/giu.ex',
  'a ? b : c => d',
  'users!.length as number',
  'declare global { interface Array<T> { mine: T } }',
  'declare const outside: import("node:fs").Stats; outside.',
  'export default users; export { greet as hello };',
  'if (true) var hoisted = 1',
  '0x1F + 1_000n ** 2n',
  '%who\n',
  '%check off\n',
  'users?\n',
];

const BITS = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  '.',
  '?.',
  '...',
  ',',
  ';',
  ':',
  '?',
  '=>',
  '=',
  '@',
  '#',
  '`',
  '${',
  "'",
  '"',
  '/',
  '/*',
  '*/',
  '//',
  '\\',
  '\\u{',
  '\\x',
  '!',
  '~',
  '&&',
  '??=',
  '**',
  '<!--',
  '-->',
  '#!',
  '\r\n',
  '\r',
  '\n',
  '\u2028',
  '\u00a0',
  '\ufeff',
  '\0',
  '\u200d',
  '😀',
  '👩‍👩‍👧',
  '\ud83d',
  '\ude00',
  'ﬀ',
  'é',
  '𝒳',
  'async ',
  'await ',
  'class ',
  'const ',
  'enum ',
  'export ',
  'function ',
  'import ',
  'let ',
  'new ',
  'type ',
  'interface ',
  'extends ',
  'infer ',
  'keyof ',
  'of ',
  'in ',
  'is ',
  'asserts ',
  'yield ',
  'static ',
  'get ',
  'set ',
  'return ',
  'typeof ',
  'void ',
  'delete ',
  'super',
  'this',
  'null',
  'undefined',
  '%',
  '%%',
  'users',
  'counter',
  'lookup',
];

/** Lines so long, and code nested so deep, as programs write it. */
const HUGE: readonly ((random: Random) => string)[] = [
  (random) => `const data = [${'1234567,'.repeat(10_000 + random(10_000))}`,
  (random) => `const text = "${'😀x'.repeat(20_000 + random(10_000))}`,
  (random) => '('.repeat(2_000 + random(2_000)),
  (random) => `${'[{a:'.repeat(500 + random(1_000))}1`,
  (random) => `users${'.map((x) => x)'.repeat(50 + random(100))}.`,
  (random) => `1${' + 1'.repeat(3_000 + random(3_000))}`,
  (random) => '`${'.repeat(300 + random(500)),
  () => `${'users[0].name\r\n'.repeat(3_000)}users.`,
  (random) => `type T = ${'Array<'.repeat(300 + random(300))}`,
];

export interface RandomCell {
  readonly code: string;
  /** In code points, now and then beyond the end. */
  readonly cursor: number;
}

function pick<T>(random: Random, list: readonly T[]): T {
  const one = list[random(list.length)];
  if (one === undefined) throw new Error('nothing to pick');
  return one;
}

/** @param effects Whether the cells would have effects if they ran. */
export function randomCell(random: Random, effects: boolean): RandomCell {
  const code = randomCode(random, effects);
  const points = [...code].length;
  return { code, cursor: random(20) === 0 ? points + random(10) : random(2) === 0 ? points : random(points + 1) };
}

function randomCode(random: Random, effects: boolean): string {
  if (random(100) === 0) return pick(random, HUGE)(random);
  const pieces = Array.from({ length: 1 + random(5) }, () =>
    pick(random, effects && random(2) === 0 ? EFFECTS : HARMLESS),
  );
  const code = pieces.join(pick(random, ['\n', '\r\n', ';\n', ' ']));
  return random(2) === 0 ? code : broken(random, code);
}

/** Cuts, doubles, swaps and inserts. */
function broken(random: Random, code: string): string {
  let text = code;
  for (let times = 1 + random(6); times > 0; times--) {
    // Between UTF-16 units: halves of surrogate pairs stay behind.
    const at = random(text.length + 1);
    const length = random(12);
    switch (random(5)) {
      case 0:
        text = text.slice(0, at);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(at + length);
        break;
      case 2:
        text = text.slice(0, at + length) + text.slice(at);
        break;
      case 3:
        text = text.slice(at) + text.slice(0, at);
        break;
      default:
        text = text.slice(0, at) + pick(random, BITS) + text.slice(at);
    }
  }
  return text;
}
