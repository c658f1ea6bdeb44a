import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completeLineCommand, inspectLineCommand } from './line-command-completion.ts';
import { LINE_COMMANDS } from './line-command-table.ts';

/** Matches at `|`, and what they take the place of. */
function complete(marked: string): readonly [replaced: string, ...matches: string[]] | null {
  const cursor = marked.indexOf('|');
  const code = marked.replace('|', '');
  const outcome = completeLineCommand(code, cursor);
  return outcome && [code.slice(outcome.cursorStart, outcome.cursorEnd), ...outcome.matches];
}

describe('completion of line commands', () => {
  const cells: readonly (readonly [code: string, ...expected: string[]])[] = [
    ['%ti|', '%ti', '%time', '%%time'],
    ['%%b|', '%%b', '%%bench'],
    ['f()\n%h|', '%h', '%history', '%help'],
    ['f()\n%%t|', '%%t'],
    ['"🎈"\n  %lo| x', '%lo', '%load'],
    ['if (a) {\n%wh|\n}', '%wh', '%who'],
    ['%check |', '', 'error', 'warn', 'off'],
    ['%check w|', 'w', 'warn'],
    ['%%check e|\n1', 'e', 'error'],
    ['%check warn |', ''],
    ['%npm i|', 'i', 'install'],
    ['%help ti|', 'ti', 'time'],
    ['%cd da|', 'da'],
  ];
  for (const [code, ...expected] of cells) {
    test(JSON.stringify(code), () => assert.deepEqual(complete(code), expected));
  }

  test('all of them after a lone %', () => {
    const matches = complete('%|')?.slice(1);
    for (const name of LINE_COMMANDS.keys()) assert.ok(matches?.includes(`%${name}`), name);
    assert.ok(matches?.includes('%%bench'));
    assert.ok(!matches?.includes('%%cd'));
  });

  for (const code of [
    'a %t|',
    'x = [\n%t|',
    '`\n%t|',
    '%time fo|',
    '%time |',
    'a\n% t|',
    'fo|',
    '%cd a\nfo|',
    '/*\n%t|',
  ]) {
    test(`TypeScript goes on in ${JSON.stringify(code)}`, () => assert.equal(complete(code), null));
  }

  test('metadata count code points', () => {
    const outcome = completeLineCommand('"🎈"\n%rese', 9);
    assert.deepEqual(outcome?.metadata, {
      _jupyter_types_experimental: [{ start: 4, end: 8, text: '%reset', signature: '%reset [-f]', type: 'magic' }],
    });
  });
});

test('inspection says what the command at the cursor does', () => {
  const found = (code: string, cursor: number): string | undefined => {
    const data = inspectLineCommand(code, cursor)?.data ?? {};
    return 'text/plain' in data ? String(data['text/plain']).split('\n')[0] : undefined;
  };
  assert.equal(found('f()\n%who a', 6), '%who');
  assert.equal(found('%time f()', 5), '%time EXPRESSION');
  assert.equal(found('%time f()', 7), undefined);
  assert.equal(found('%', 1), '%');
  assert.equal(found('f()', 1), undefined);
  assert.equal(inspectLineCommand('%nothing', 3)?.found, false);
});
