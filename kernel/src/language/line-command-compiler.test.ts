import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { compileLineCommands } from './line-command-compiler.ts';
import { Notebook } from './notebook.testing.ts';
import { CellSyntaxError } from './syntax-error.ts';

let notebook: Notebook;
beforeEach(() => {
  notebook = new Notebook();
});

/** What the line commands of a cell do when it runs. */
async function calls(code: string): Promise<readonly string[]> {
  await notebook.run(code);
  return notebook.commands.calls.splice(0);
}

/** Message and place of the error that a cell cannot run for. */
function refusal(code: string): string {
  try {
    notebook.rewriter.rewrite({ name: 'In[1]', code });
  } catch (error) {
    assert.ok(error instanceof CellSyntaxError);
    assert.ok(code.split(/\r\n|\n/).includes(error.excerpt.split('\n')[0] ?? ''), error.excerpt);
    return `${error.line}:${error.column} ${error.message}`;
  }
  throw new assert.AssertionError({ message: `not refused: ${code}` });
}

test('a cell without line commands is not compiled', () => {
  for (const code of ['1', 'a\n% b', '`\n%who`']) assert.equal(compileLineCommands(code), null);
});

describe('commands that take text', () => {
  test('run in their turn, with what is written after them', async () => {
    assert.deepEqual(await calls("%cd don't `🎈\n%who\nif (1 > 0) {\n  %env A={\n};\n%"), [
      "cd(don't `🎈)",
      'who()',
      'env(A={)',
      '()',
    ]);
  });

  test('end the statement before them', async () => {
    assert.deepEqual(await calls('let made = 1\n%who\nmade\n%who'), ['who()', 'who()']);
  });

  test('are statements of if and else', async () => {
    assert.deepEqual(await calls('if (1 > 2)\n%cd a\nelse\n%cd b\nfor (const one of [1, 2])\n%cd c'), [
      'cd(b)',
      'cd(c)',
      'cd(c)',
    ]);
  });

  test('stand in async functions', async () => {
    assert.deepEqual(await calls('const go = async () => {\n  %who a\n  return 1\n}\nawait go()'), ['who(a)']);
  });

  test('leave the result to the last expression', async () => {
    assert.equal(await notebook.value('%who\n1 + 1'), 2);
    assert.equal((await notebook.run('1 + 1\n%who')).rewritten.showsResult, false);
  });

  test('are questions with a question mark', async () => {
    assert.deepEqual(await calls('%time?\n%%bench ??'), ['time?', 'bench?']);
  });
});

describe('%time', () => {
  test('times an expression, which stays the result', async () => {
    const { value, rewritten } = await notebook.run('%time 20 + 2');
    assert.equal(value, 22);
    assert.equal(rewritten.showsResult, true);
    assert.deepEqual(notebook.commands.calls, ['timer', 'timed 22']);
    assert.equal((await notebook.run('%time 20 + 2;')).rewritten.showsResult, false);
  });

  test('times what is awaited', async () => {
    assert.equal(await notebook.value('%time (await Promise.resolve(3)) + 1'), 4);
    assert.equal(await notebook.value('%time Promise.resolve(5)'), 5);
  });

  test('times a declaration, which is there after it', async () => {
    assert.deepEqual(await calls('%time const { length }: string = "abc"\nconst twice = length * 2'), [
      'begin 6',
      'end 6',
    ]);
    assert.equal(await notebook.value('twice'), 6);
  });

  test('times loops and blocks, also without braces around', async () => {
    assert.deepEqual(await calls('let sum = 0\n%time for (const n of [1, 2]) sum += n'), ['begin 18', 'end 18']);
    assert.deepEqual(await calls('if (sum === 4)\n  %time while (sum < 5) sum += 1'), []);
    assert.equal(await notebook.value('sum'), 3);
  });

  test('times a string, which would be a directive', async () => {
    assert.equal(await notebook.value("%time 'use strict'"), 'use strict');
  });

  test('takes the whole statement where it has several lines', async () => {
    assert.equal(
      await notebook.value('%time [\n  3,\n  4,\n]\n  .map((n) => n * 2) // twice\n  .join()\n%who'),
      undefined,
    );
    assert.deepEqual(notebook.commands.calls, ['timer', 'timed 6,8', 'who()']);
  });

  test('is not awaited in a function that cannot', async () => {
    assert.equal(await notebook.value('const f = () => {\n  %time 1 + 1\n  return 3\n}\nf()'), 3);
    assert.deepEqual(notebook.commands.calls, ['timer', 'timed 2']);
  });

  test('of what TypeScript has to compile', async () => {
    assert.deepEqual(await calls('%time enum Sky { Clear, Rain }\n%time Sky.Rain'), [
      'begin 6',
      'end 6',
      'timer',
      'timed 1',
    ]);
  });
});

describe('%bench', () => {
  test('makes a function of an expression, a statement, and of what awaits', async () => {
    assert.deepEqual(await calls('%bench -n 2 1 + 1'), ['bench(-n 2) 2']);
    assert.deepEqual(await calls('%bench await Promise.resolve(7);'), ['bench() 7']);
    assert.deepEqual(await calls('%bench for (let i = 0; i < 2; i += 1) {}'), ['bench() undefined']);
    assert.deepEqual(await calls('%bench const inner = 1'), ['bench() undefined']);
    assert.equal(await notebook.value('typeof inner'), 'undefined');
  });
});

describe('whole cells', () => {
  test('%%time leaves the cell as it is', async () => {
    const { value, rewritten } = await notebook.run('\n%%time\nconst whole = 2\nwhole * 2');
    assert.equal(value, 4);
    assert.equal(rewritten.wholeCell?.name, 'time');
    assert.deepEqual(rewritten.declared, ['whole']);
  });

  test('%%bench makes a function of the cell, with its imports outside', async () => {
    const code = "%%bench -r 3\nimport { join } from 'node:path';\nconst path = join('a', 'b');\nawait null";
    assert.deepEqual(await calls(code), ['bench(-r 3) undefined']);
    assert.deepEqual(notebook.rewriter.rewrite({ name: 'In[9]', code }).declared, ['join']);
    assert.deepEqual(await calls('%%bench\n{ a: 1 }'), ['bench() [object Object]']);
  });

  test('%%time stands before the pragma of JSX', async () => {
    const h = '%%time\n/** @jsx h */\nconst h = (tag: string) => tag;\n<p>text</p>';
    assert.equal(await notebook.value(h), 'p');
  });

  test('%%check is not for the worker', async () => {
    assert.equal((await notebook.run('%%check off\n1')).rewritten.wholeCell?.rest, 'off');
  });
});

describe('a cell is refused for', () => {
  const cells: readonly (readonly [code: string, refusal: string])[] = [
    ['1\n%tiem f()', '2:1 There is no line command %tiem: did you mean %time?'],
    ['1\n%total f()', "2:8 Unexpected name 'f'"],
    ['  %tiem f()', '1:3 There is no line command %tiem: did you mean %time?'],
    ['1;\n%%nonsense', '2:1 There is no line command %%nonsense: %help lists those that there are'],
    ['%%who\n1', '1:1 %%who is not for whole cells: write %who on a line of its own'],
    ['1\n%%time', '2:1 %%time is for whole cells, and must be the first line of one'],
    ['%time\nf()', '1:1 %time needs code after it on its line: %time EXPRESSION, %time STATEMENT, %%time'],
    ['%time // f()', '1:1 %time needs code after it on its line: %time EXPRESSION, %time STATEMENT, %%time'],
    [
      '%time import a from "b"',
      '1:1 %time cannot time an import declaration, which runs before the cell does: use await import()',
    ],
    [
      'function f() {\n  %time return 1\n}',
      '2:3 %time times an expression or a statement that goes on to the next one',
    ],
    [
      'function f() {\n  %who\n}',
      '2:3 %who takes its time: it can stand at the top level of a cell and in async functions, not in this one',
    ],
    ['class A {\n  a = 1\n  %who\n}', '3:3 %who stands where no statement can begin'],
    ['interface A {\n  a: 1\n  %who\n}', '3:3 %who stands where no statement can begin'],
    ['%time f(', '1:9 Unexpected end of input'],
    ['%time const a = 1, a = 2', "1:20 Identifier 'a' has already been declared"],
    ['%cd 🎈\r\n  %time 1 + * 2', "2:13 Unexpected token '*'"],
    ['%who\nconst elara = await 1; let a b', "2:30 Unexpected name 'b'"],
  ];
  for (const [code, expected] of cells) {
    test(JSON.stringify(code), () => assert.equal(refusal(code), expected));
  }
});

test('errors have the places of the cell', async () => {
  const place = async (code: string): Promise<string> => {
    const { rewritten, error } = await notebook.run(code);
    assert.ok(error instanceof Error);
    const [, line, column] = /In\[\d+\]:(\d+):(\d+)/.exec(error.stack ?? '') ?? [];
    const at = rewritten.position(Number(line), Number(column));
    return `${at.line}:${at.column}`;
  };
  assert.equal(await place('%time missing.name'), '1:7');
  assert.equal(await place('%cd a\n  %time [1].map(() => missing)'), '2:23');
  assert.equal(await place('%time const a: number = 1, b = missing'), '1:32');
  assert.equal(await place('%%bench\nconst c: number = 1;\nlet d = missing'), '3:9');
  assert.equal(await place('%bench   missing'), '1:10');
  assert.equal(await place('%time enum E { A = missing() }'), '1:16');
});
