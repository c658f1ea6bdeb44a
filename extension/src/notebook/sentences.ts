/** Each sentence of a text, for lines of their own: VS Code cuts off the long lines of an error. */
export function sentences(text: string): string[] {
  return text.split(/(?<=\.) (?=\p{Lu})/u);
}
