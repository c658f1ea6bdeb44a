const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g;
const STRING_OR_TRAILING_COMMA = /"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g;

/** JSON as a tsconfig.json has it: with comments and commas after the last. @throws SyntaxError */
export function parseJsonWithComments(text: string): unknown {
  const strings = (found: string): string => (found.startsWith('"') ? found : ' ');
  const plain = text
    .replace(/^\ufeff/, '')
    .replace(STRING_OR_COMMENT, strings)
    .replace(STRING_OR_TRAILING_COMMA, strings);
  return JSON.parse(plain);
}
