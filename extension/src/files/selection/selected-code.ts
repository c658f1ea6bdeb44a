/** Code that is selected inside of something, without the indentation that all of its lines have. */
export function dedented(code: string): string {
  const lines = code.split(/\r\n|\n|\r/);
  const indents = lines.flatMap((line) => (line.trim() === '' ? [] : [/^[ \t]*/.exec(line)?.[0] ?? '']));
  const common = indents.reduce((shorter, indent) => {
    let at = 0;
    while (at < shorter.length && shorter[at] === indent[at]) at += 1;
    return shorter.slice(0, at);
  }, indents[0] ?? '');
  return lines
    .map((line) => (line.startsWith(common) ? line.slice(common.length) : line.trimStart()))
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
}
