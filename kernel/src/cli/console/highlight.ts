export type TokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'constant' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

interface Grammar {
  /** One group for each kind: comment, string, number, word. */
  readonly pattern: RegExp;
  readonly keywords: ReadonlySet<string>;
  readonly constants: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const typescript: Grammar = {
  // Strings that are not closed yet run to the end of their line, templates and comments to that of the text.
  pattern:
    /(?<comment>\/\/.*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?)|(?<number>\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)n?)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)/gu,
  keywords: words(
    'abstract as asserts async await break case catch class const continue debugger declare default delete do else enum export extends finally for from function get if implements import in infer instanceof interface is keyof let namespace new of override private protected public readonly return satisfies set static super switch this throw try type typeof using var void while with yield',
  ),
  constants: words('true false null undefined NaN Infinity'),
};

const python: Grammar = {
  pattern:
    /(?<comment>#.*)|(?<string>[rbfuRBFU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?))|(?<number>\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)j?)|(?<word>[\p{L}_][\p{L}\p{N}_]*)/gu,
  keywords: words(
    'and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield',
  ),
  constants: words('True False None'),
};

const grammars: Readonly<Record<string, Grammar>> = { typescript, javascript: typescript, python };

/**
 * The tokens of a text in order; joined they are the text. Light: it colours what a person types, it parses nothing. A
 * language that is not known is one plain token.
 */
export function tokenize(text: string, language: string): Token[] {
  const grammar = grammars[language.toLowerCase()];
  if (grammar === undefined) return text === '' ? [] : [{ kind: 'plain', text }];
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(grammar.pattern)) {
    if (match.index > at) tokens.push({ kind: 'plain', text: text.slice(at, match.index) });
    tokens.push({ kind: kindOf(match, grammar), text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < text.length) tokens.push({ kind: 'plain', text: text.slice(at) });
  return tokens;
}

function kindOf({ groups = {} }: RegExpExecArray, { keywords, constants }: Grammar): TokenKind {
  const { comment, string, number, word } = groups;
  if (comment !== undefined) return 'comment';
  if (string !== undefined) return 'string';
  if (number !== undefined) return 'number';
  if (word !== undefined && keywords.has(word)) return 'keyword';
  return word !== undefined && constants.has(word) ? 'constant' : 'plain';
}

const colours: Record<TokenKind, string> = {
  keyword: '\x1b[35m',
  string: '\x1b[32m',
  number: '\x1b[33m',
  constant: '\x1b[33m',
  comment: '\x1b[90m',
  plain: '',
};

/** Escape sequence that begins the colour of a kind; empty for none. */
export function colourOf(kind: TokenKind): string {
  return colours[kind];
}
