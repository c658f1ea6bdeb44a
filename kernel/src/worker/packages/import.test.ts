/** What cells can import by `npm:`, with npm itself and a registry of the test's own. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TestWorker } from '../testing.ts';
import { failure, newFolder, publishModule, startRegistry } from './testing/session.ts';

const registry = await startRegistry();
after(() => registry[Symbol.asyncDispose]());
for (const version of ['1.0.0', '1.2.0', '2.0.0']) {
  publishModule(
    registry,
    ['greet', version],
    `export const version = "${version}"; export default (who) => "Hello, " + who; export const log = globalThis.log ??= []; log.push(version)`,
  );
}
publishModule(registry, ['greet', '3.0.0-beta.1'], 'export const version = "3.0.0-beta.1"', {}, 'next');
publishModule(registry, ['@jsr/std__join', '1.0.0'], 'export const joined = "jsr"');
registry.publish(
  {
    name: '@scope/tools',
    version: '1.0.0',
    exports: { '.': './main.cjs', './sub': { import: './sub.mjs', require: './sub.cjs' } },
    bin: { tool: './main.cjs' },
  },
  {
    'main.cjs': 'exports.kind = "cjs"; exports.self = require("@scope/tools/sub").kind',
    'sub.mjs': 'export const kind = "import";',
    'sub.cjs': 'exports.kind = "require";',
  },
);
registry.publish(
  { name: 'plain', version: '4.1.0', main: './lib/plain.js', dependencies: { greet: '1' } },
  {
    'lib/plain.js': 'module.exports = (a, b) => a + b; module.exports.answer = 42;',
    'lib/deep.js': 'module.exports = require("greet").version',
  },
);

describe('a cell imports', () => {
  let worker: TestWorker;
  before(async () => {
    worker = await TestWorker.start(
      await newFolder(registry, {
        'hello.ts': 'import { hi } from "./lib/hi.ts"; export const hello: string = hi("Ada");',
        'lib/hi.ts':
          'import greet from "npm:greet@1.2"; import "npm:plain"; export const hi = (who: string) => greet(who);',
      }),
    );
  });
  after(() => worker[Symbol.asyncDispose]());

  const rows: readonly (readonly [title: string, cell: string, expected: string])[] = [
    ['a module of the notebook that imports packages', 'import { hello } from "./hello.ts"; hello', "'Hello, Ada'"],
    ['the default and names', 'import hi, { version } from "npm:greet@1"; hi("Bo") + version', "'Hello, Bo1.2.0'"],
    ['an exact version', 'import { version as exact } from "npm:greet@1.0.0"; exact', "'1.0.0'"],
    ['another version beside it', 'import * as two from "npm:greet@^2"; [two.version, exact]', "[ '2.0.0', '1.0.0' ]"],
    ['a range of several words', 'import { version as range } from "npm:greet@>=1 <1.2"; range', "'1.0.0'"],
    ['a tag', 'import { version as next } from "npm:greet@next"; next', "'3.0.0-beta.1'"],
    ['each version once', 'import "npm:greet@1"; import "npm:greet@1.2.0"; log', "[ '1.2.0', '1.0.0', '2.0.0' ]"],
    ['by an expression', '(await import("npm:greet@2")).version', "'2.0.0'"],
    ['by an expression that is computed', 'const v = 2; (await import("npm:greet@" + v)).version', "'2.0.0'"],
    [
      'types, which installs nothing',
      'import type { T } from "npm:nowhere"; import { type U } from "npm:nowhere"; 1',
      '1',
    ],
    ['a package of a scope', 'import { kind, self } from "npm:@scope/tools@1"; [kind, self]', "[ 'cjs', 'require' ]"],
    ['what a package exports besides', 'import { kind as sub } from "npm:@scope/tools@1/sub"; sub', "'import'"],
    ['CommonJS', 'import plus, { answer } from "npm:plain"; plus(1, 2) + answer', '45'],
    ['a file, which has what it depends on', 'import deep from "npm:plain@4/lib/deep.js"; deep', "'1.2.0'"],
    ['a file without its ending', 'import same from "npm:plain@4/lib/deep"; same === deep', 'true'],
    ['by require', 'require("npm:plain@4")(2, 3)', '5'],
    ['by require in a function', 'const load = () => require("npm:@scope/tools@1/sub").kind; load()', "'require'"],
    ['by an import that is a require', 'import tools = require("npm:@scope/tools"); tools.kind', "'cjs'"],
    ['an ES module by require', 'require("npm:greet@1.0.0").version', "'1.0.0'"],
    ['a package of JSR', 'import { joined } from "jsr:@std/join@1"; joined', "'jsr'"],
    ['the path of a package', 'require.resolve("npm:plain").endsWith("plain.js")', 'true'],
    ['what another cell exports again', 'export { version } from "npm:greet@2"; export * from "npm:plain"; 7', '7'],
  ];
  for (const [title, cell, expected] of rows) {
    test(title, async () => assert.equal(await worker.value(cell), expected));
  }

  test('no name that the package does not have', async () => {
    assert.deepEqual(await failure(worker, 'import { nobody } from "npm:greet@1"'), {
      name: 'SyntaxError',
      message: "The requested module 'npm:greet@1' does not provide an export named 'nobody'",
    });
  });
  test('nothing that is no name of a package', async () => {
    for (const specifier of ['npm:', 'npm:../up', 'npm:a/../../b', 'npm:-g', 'npm:a@b:c', 'npm:https://x.org/a.tgz']) {
      const { name, message } = await failure(worker, `import ${JSON.stringify(specifier)}`);
      assert.equal(name, 'PackageError', specifier);
      assert.match(message, /^'.*' names no package\. Write npm:name, /);
    }
    assert.match((await failure(worker, 'import "jsr:std"')).message, /are written jsr:@scope\/name/);
  });
  test('by a require that is computed what is installed, and nothing else', async () => {
    assert.equal(await worker.value('require(["npm:plain", "4"].join("@"))(1, 1)'), '2');
    const { name, message } = await failure(worker, 'require(["npm:other", "4"].join("@"))');
    assert.equal(name, 'PackageError');
    assert.match(
      message,
      /^'npm:other@4' is not installed\. Install it in a cell: %npm install other@4, or await import/,
    );
  });
});
