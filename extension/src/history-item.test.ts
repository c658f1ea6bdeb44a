import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyItem } from './history-item.ts';

/** What VS Code takes for an icon: `labelWithIcons` of vs/base/common/iconLabels. */
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

test('the first line, the others behind it, and where it was run', () => {
  const entry = { session: 3, line: 7, code: '\nlet a = 1;\na += 1;\na\n' };
  assert.deepEqual(historyItem(entry), {
    label: 'let a = 1;',
    description: 'session 3, [7]',
    detail: 'a += 1; ⏎ a',
    entry,
  });
  const alone = { session: 0, line: 1, code: 'a' };
  assert.deepEqual(historyItem(alone), { label: 'a', description: '[1]', entry: alone });
});

test('code that looks like an icon is shown as it is', () => {
  const code = 'echo $(date) \\$(x) $(sync~spin)\n$(home)';
  const { label, detail, entry } = historyItem({ session: 0, line: 1, code });
  assert.doesNotMatch(label, ICON);
  assert.doesNotMatch(detail ?? '', ICON);
  const seen = (text: string | undefined) => text?.replaceAll('\u200b', '');
  assert.equal(`${seen(label)}\n${seen(detail)}`, code);
  assert.equal(entry.code, code, 'what is put into a cell is not changed');
});
