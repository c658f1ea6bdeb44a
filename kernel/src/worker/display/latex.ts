/** LaTeX between delimiters, without which frontends show it as text. */
export function mathMode(latex: string): string {
  return /\$|\\\(|\\\[|\\begin\{/.test(latex) ? latex : `$$${latex}$$`;
}
