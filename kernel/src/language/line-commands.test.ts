import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LINE_COMMANDS, nearestCommand } from './line-command-table.ts';
import { findLineCommands, withoutLineCommands } from './line-commands.ts';

/** The commands of a cell as it writes them. What is left of it is as long, and has its line ends where they were. */
function commandsOf(code: string): readonly string[] {
  const { commands = [], typescript = code } = findLineCommands(code) ?? {};
  assert.equal(typescript.length, code.length);
  const lineEnds = (text: string): readonly number[] =>
    Array.from(text.matchAll(/[\r\n\u2028\u2029]/g), (end) => end.index);
  assert.deepEqual(lineEnds(typescript), lineEnds(code));
  assert.equal(Array.from(typescript).length, Array.from(code).length);
  return commands.map(({ start, end }) => code.slice(start, end));
}

describe('what is left for TypeScript', () => {
  const cells: readonly (readonly [code: string, typescript: string])[] = [
    ['%who', ';//o'],
    ['%', ';'],
    ['%x', '; '],
    ['%%check off\n1', ' //heck off\n1'],
    ['  %cd ..', '  ;// ..'],
    ['%time f(x)', '      f(x)'],
    ['%time\tf(x)', '      f(x)'],
    ['%time  f(x) // 🎈', '       f(x) // 🎈'],
    ['%bench -n 10 -r 2 f(x)', '                  f(x)'],
    ['%bench -n10 f(x)', '            f(x)'],
    ['%bench -nx', '       -nx'],
    ['%time?', ';//me?'],
    ['%cd ??  ', ';// ??  '],
    ['%%time\nf(x)', '      \nf(x)'],
    ['\n\n%%bench -n 1\nf(x)', '\n\n            \nf(x)'],
    ['%tiem f(x)', ';//em f(x)'],
    ['a;\n%tiem f(x)', 'a;\n;//em f(x)'],
    ['if (a) {\n  %cd b\n}', 'if (a) {\n  ;// b\n}'],
    ['// %who\n%who', '// %who\n;//o'],
    ['/* a\n%who */ b // c\n%who', '/* a\n%who */ b // c\n;//o'],
    ['%cd 🎈\r\n%who\r\n', ';// 🎈\r\n;//o\r\n'],
    ["%cd don't `x\nf(`a`)", ";// don't `x\nf(`a`)"],
    ['%env A={\n%env B="\n`a`', ';//v A={\n;//v B="\n`a`'],
    [`f(\`a\${() => {\n%who\n}}\n%who\`)`, `f(\`a\${() => {\n;//o\n}}\n%who\`)`],
  ];
  for (const [code, typescript] of cells) {
    test(JSON.stringify(code), () => {
      assert.notDeepEqual(commandsOf(code), []);
      assert.equal(withoutLineCommands(code), typescript);
    });
  }
});

describe('a statement without a semicolon ends before a command', () => {
  for (const statement of [
    'f(x)',
    'a = b',
    'let x: A<B>',
    'x!',
    'x++',
    'a[0]',
    '`a`',
    '"a"',
    '/a/',
    '12',
    'f = {}',
    'await (x)',
  ]) {
    test(statement, () => {
      assert.equal(withoutLineCommands(`${statement}\n%time (y)`), `${statement}\n;     (y)`);
      assert.equal(withoutLineCommands(`${statement}\n%who`), `${statement}\n;//o`);
    });
  }
  for (const head of ['if (a)', 'else', 'do', 'while (a) // b', 'for (;;)', 'for await (const a of b)', 'case a:']) {
    test(`but the head of one does not: ${head}`, () => {
      assert.equal(withoutLineCommands(`${head}\n%time (y)`), `${head}\n      (y)`);
    });
  }
});

describe('no command is in', () => {
  const cells = [
    '',
    'a % b',
    'a\n% b',
    'a\n%b',
    'a\n  % time',
    'total =\n  a\n  %\n  b',
    'f(\n%who\n)',
    'x = [\n%who\n]',
    'a +\n%who',
    '% b',
    '%1',
    '%(x)',
    '%time.x',
    "'a\\\n%who'",
    '`\n%who\n`',
    '`\n%who',
    `\`\${\n%who}\``,
    '/*\n%who\n*/',
    '/*\n%who',
    'x %who',
    'a\n%tiem b',
    'for (;\n%who;) {}',
  ];
  for (const code of cells) {
    test(JSON.stringify(code), () => {
      assert.equal(findLineCommands(code), null);
      assert.equal(withoutLineCommands(code), code);
    });
  }
});

test('name and rest are without blanks around, options without the code after them', () => {
  const commands = findLineCommands('  %cd  a b \n%bench -n 5  -n\n%who?\n%')?.commands;
  assert.deepEqual(
    commands?.map(({ name, rest, asksHelp, wholeCell }) => [name, rest, asksHelp, wholeCell]),
    [
      ['cd', 'a b', false, false],
      ['bench', '-n 5', false, false],
      ['who', '', true, false],
      ['', '', false, false],
    ],
  );
});

test('a long template with a % on each line costs little', () => {
  const template = `\`${'%time x\n'.repeat(20_000)}\``;
  assert.equal(findLineCommands(template), null);
  assert.equal(findLineCommands(`${template}\n${'%cd a\n'.repeat(20_000)}`)?.commands.length, 20_000);
});

test('a misspelt command has a nearest one, another word has none', () => {
  for (const [name, nearest] of [
    ['tiem', 'time'],
    ['timeit', 'time'],
    ['Time', 'time'],
    ['hist', 'history'],
    ['lod', 'load'],
    ['matplotlib', undefined],
    ['x', undefined],
  ] as const) {
    assert.equal(nearestCommand(name), nearest, name);
  }
});

test('every command is described', () => {
  for (const [name, { usage, summary, call }] of LINE_COMMANDS) {
    assert.ok(usage.length > 0, name);
    assert.match(summary, /^[A-Z].*\.$/, name);
    assert.match(call, /elara\./, name);
  }
});

test('whatever a cell is, what is left of it is as long', () => {
  const scraps = [
    '%time ',
    '%who',
    '%%bench',
    '\n',
    '\r\n',
    ' ',
    '`',
    '${',
    '}',
    '{',
    '(',
    ')',
    "'",
    '/*',
    '*/',
    '//',
    '🎈',
    'a',
    ';',
    '%',
    '?',
    '/',
  ];
  let state = 7;
  const next = (): string => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return scraps[(state >>> 8) % scraps.length] ?? '';
  };
  let found = 0;
  for (let cell = 0; cell < 5000; cell += 1) found += commandsOf(Array.from({ length: 12 }, next).join('')).length;
  assert.ok(found > 500, String(found));
});
