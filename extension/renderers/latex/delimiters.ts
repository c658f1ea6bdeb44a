/** Formulas between `\(` and `\)`, or `\[` and `\]`, between dollars; a formula without delimiters gets them. */
export function withDollars(latex: string): string {
  const replaced = latex
    .replace(/\\\[(.*?)\\\]/gs, (_, formula: string) => `$$${formula.trim()}$$`)
    .replace(/\\\((.*?)\\\)/gs, (_, formula: string) => `$${formula.trim()}$`);
  return /\$|\\begin\{/.test(replaced) ? replaced : `$$${replaced.trim()}$$`;
}
