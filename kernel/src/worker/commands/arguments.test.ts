import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSecret } from './env.ts';
import { nameFilter } from './glob.ts';
import { inRanges, parseRanges } from './ranges.ts';
import { quoted, words } from './words.ts';

describe('words', () => {
  const lines: readonly (readonly [line: string, words: readonly string[]])[] = [
    ['', []],
    ['  a  b ', ['a', 'b']],
    ['"two words" b', ['two words', 'b']],
    ["a'b c'd", ['ab cd']],
    [`"it's" '"'`, ["it's", '"']],
    ['C:\\temp\\a.ts 🎈', ['C:\\temp\\a.ts', '🎈']],
    ['""', ['']],
  ];
  for (const [line, expected] of lines) {
    test(JSON.stringify(line), () => assert.deepEqual(words(line, 'x'), expected));
  }

  test('a quote that is open is a mistake', () => {
    assert.throws(() => words('a "b', '%x WORD'), /A quote is open in a "b\. It is written: %x WORD/);
    assert.throws(() => words("don't", 'x'), { code: 'ERR_COMMAND_USAGE' });
  });

  test('a word that is quoted is one word', () => {
    for (const word of ['a', 'two words', "it's", 'say "yes"', '']) assert.deepEqual(words(quoted(word), 'x'), [word]);
  });
});

describe('ranges', () => {
  const numbers = [1, 2, 3, 5, 8];
  for (const [text, expected] of [
    ['2', [2]],
    ['2-5', [2, 3, 5]],
    ['3-', [3, 5, 8]],
    ['8 1,2', [8, 1, 2]],
    ['6-7', []],
    ['', []],
  ] as const) {
    test(JSON.stringify(text), () => assert.deepEqual(inRanges(parseRanges(text), numbers), expected));
  }

  test('may name a session', () => {
    assert.deepEqual(parseRanges('~2/3-4 7/ 0/1'), [
      { session: -2, first: 3, last: 4 },
      { session: 7, first: 1, last: Number.POSITIVE_INFINITY },
      { session: 0, first: 1, last: 1 },
    ]);
  });

  for (const text of ['0', '-3', 'a', '1-b', '3-2', '1:4', '~1', '1.5', '/', '1--2']) {
    test(`${text} is none`, () => assert.throws(() => parseRanges(text), { code: 'ERR_COMMAND_RANGE' }));
  }
});

test('a pattern without * and ? is a beginning', () => {
  const names = ['user', 'userId', 'aUser', 'u.er', '$x'];
  const fitting = (pattern: string): readonly string[] => names.filter(nameFilter(pattern));
  assert.deepEqual(fitting('user'), ['user', 'userId']);
  assert.deepEqual(
    fitting('*ser'),
    ['user', 'aUser'].filter((name) => name.endsWith('ser')),
  );
  assert.deepEqual(fitting('u.er*'), ['u.er']);
  assert.deepEqual(fitting('u?er'), ['user', 'u.er']);
  assert.deepEqual(fitting('$?'), ['$x']);
  assert.deepEqual(fitting(''), names);
});

test('secrets are known by their names and by what they look like', () => {
  const secrets: readonly (readonly [name: string, value: string])[] = [
    ['GITHUB_TOKEN', 'x'],
    ['npm_config_//registry/:_authToken', 'x'],
    ['AWS_SECRET_ACCESS_KEY', 'x'],
    ['DB_PASSWORD', 'x'],
    ['PGPASSWORD', 'x'],
    ['MYSQL_PWD', 'x'],
    ['API_KEY', 'x'],
    ['OPENAI_APIKEY', 'x'],
    ['SIGNING_KEY_ID', 'x'],
    ['MY_CREDENTIALS', 'x'],
    ['SESSION_COOKIE', 'x'],
    ['DATABASE_URL', 'postgres://user:secret@host/db'],
    ['SOME', 'ghp_abcdef'],
    ['OTHER', 'eyJhbGciOi.eyJ'],
  ];
  for (const [name, value] of secrets) assert.ok(isSecret(name, value), name);
  const others: readonly (readonly [name: string, value: string])[] = [
    ['PATH', '/bin'],
    ['KEYBOARD', 'de'],
    ['MONKEY', 'x'],
    ['AUTHOR', 'Ada'],
    ['COMPASS', 'north'],
    ['HOME_URL', 'https://example.com/a:b@c'],
    ['EMPTY_TOKEN', ''],
  ];
  for (const [name, value] of others) assert.ok(!isSecret(name, value), name);
});
