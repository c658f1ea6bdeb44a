/** A text that is read by what it looks like: what no bracket of code is in. */
interface Lexis {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [begin: string, end: string])[];
  /** Longer ones before those that they begin with. */
  readonly quotes: readonly string[];
  /** Quotes whose texts may have several lines. */
  readonly longQuotes: readonly string[];
}

const HASH: Lexis = { lineComments: ['#'], blockComments: [], quotes: ['"', "'"], longQuotes: ['"', "'"] };
const C: Lexis = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  quotes: ['"""', '"', "'", '`'],
  longQuotes: ['"""', '`'],
};
const TRIPLE = ['"""', "'''"];

/** By Jupyter's names of languages. What is not here is read as C is, as most are like it. */
const LEXIS: Readonly<Record<string, Lexis>> = {
  python: { ...HASH, quotes: [...TRIPLE, '"', "'"], longQuotes: TRIPLE },
  r: { ...HASH, quotes: ['"', "'", '`'] },
  // Its single quote is a transposed matrix as well.
  julia: { ...HASH, blockComments: [['#=', '=#']], quotes: ['"""', '"'], longQuotes: ['"""', '"'] },
  ruby: HASH,
  perl: HASH,
  bash: HASH,
  octave: { ...HASH, lineComments: ['#', '%'], quotes: ['"'], longQuotes: [] },
  matlab: { ...HASH, lineComments: ['%'], quotes: ['"'], longQuotes: [] },
  lua: { ...HASH, lineComments: ['--'], longQuotes: [] },
  haskell: { ...HASH, lineComments: ['--'], blockComments: [['{-', '-}']], quotes: ['"'], longQuotes: [] },
  sql: { ...HASH, lineComments: ['--'], blockComments: [['/*', '*/']] },
};

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What stands before a parenthesis and is no function. */
const NO_FUNCTION =
  /^(?:if|elif|elsif|unless|while|until|for|foreach|switch|match|catch|except|with|return|yield|await|and|or|not|in|is|assert|del|lambda|function|fn|func|typeof)$/;
/** What stands before a name that is being declared. */
const DECLARES = /(?:^|[^\p{L}\p{N}_$])(?:def|function|fn|func|fun|class|sub)[ \t]+$/u;
const NAME_AT_END = /[\p{L}_$][\p{L}\p{N}_$!?]*$/u;

/**
 * Where the name ends of the function whose arguments the cursor is in; of nested calls, of the innermost. It is found by
 * brackets alone, as code that is being written cannot be parsed.
 * @param cursor In UTF-16 units, as is what is returned.
 * @param language Jupyter's name of it.
 * @returns undefined: the cursor is in no call, or in that of something without a name.
 */
export function openCall(code: string, cursor: number, language: string): number | undefined {
  const before = code.slice(0, cursor);
  for (const at of openBrackets(before, LEXIS[language.toLowerCase()] ?? C).reverse()) {
    if (before[at] !== '(') continue;
    const callee = before.slice(0, at).trimEnd();
    const [name] = NAME_AT_END.exec(callee) ?? [];
    if (name === undefined) {
      // The result of a call or of an index is called; otherwise they only hold something together.
      if (/[)\]]$/.test(callee)) return undefined;
      continue;
    }
    if (NO_FUNCTION.test(name)) continue;
    if (DECLARES.test(callee.slice(0, -name.length))) return undefined;
    return callee.length;
  }
  return undefined;
}

/** Places of the brackets that are open at the end. */
function openBrackets(text: string, lexis: Lexis): number[] {
  const open: number[] = [];
  for (let at = 0; at < text.length; ) {
    const end = passed(text, at, lexis);
    if (end > at) {
      at = end;
      continue;
    }
    const character = text.charAt(at);
    if ('([{'.includes(character)) open.push(at);
    const opening = PAIRS[character];
    if (opening !== undefined) {
      // A bracket too few inside does not keep an outer one open.
      const pair = open.findLastIndex((place) => text[place] === opening);
      if (pair >= 0) open.length = pair;
    }
    at += 1;
  }
  return open;
}

/** The end of the comment or text that begins at a place; the place itself where none does. */
function passed(text: string, at: number, { lineComments, blockComments, quotes, longQuotes }: Lexis): number {
  for (const [begin, end] of blockComments) {
    if (!text.startsWith(begin, at)) continue;
    const found = text.indexOf(end, at + begin.length);
    return found < 0 ? text.length : found + end.length;
  }
  if (lineComments.some((begin) => text.startsWith(begin, at))) {
    const found = text.indexOf('\n', at);
    return found < 0 ? text.length : found;
  }
  const quote = quotes.find((begin) => text.startsWith(begin, at));
  return quote === undefined ? at : endOfText(text, at + quote.length, quote, longQuotes.includes(quote));
}

function endOfText(text: string, from: number, quote: string, isLong: boolean): number {
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith(quote, at)) return at + quote.length;
    if (text[at] === '\\') at += 1;
    else if (text[at] === '\n' && !isLong) return at;
  }
  return text.length;
}
