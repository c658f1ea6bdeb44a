/** The arguments of a command, as a shell splits them: at blanks, with quotes around what has some. */
export function words(line: string): string[] {
  const found: string[] = [];
  for (const [, double, single, plain = ''] of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    found.push(double ?? single ?? plain);
  }
  return found;
}
