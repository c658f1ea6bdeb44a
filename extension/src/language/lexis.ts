/** A text that is read by what it looks like: what no bracket of code is in. */
export interface Lexis {
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

/** By Jupyter's names of languages. */
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

/** What is not known is read as C is, as most are like it. */
export function lexisOf(language: string): Lexis {
  return LEXIS[language.toLowerCase()] ?? C;
}

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Places of the brackets that are open at the end. */
export function openBrackets(text: string, lexis: Lexis): number[] {
  const open: number[] = [];
  for (const at of marks(text, lexis)) nest(open, text, at);
  return open;
}

/** What stands between the commas that no bracket holds, up to the end or the parenthesis that closes one before the text. */
export function splitAtCommas(text: string, lexis: Lexis): string[] {
  const parts: string[] = [];
  const open: number[] = [];
  let begin = 0;
  for (const at of marks(text, lexis)) {
    if (open.length === 0 && text[at] === ')') return [...parts, text.slice(begin, at)];
    if (open.length === 0 && text[at] === ',') {
      parts.push(text.slice(begin, at));
      begin = at + 1;
    }
    nest(open, text, at);
  }
  return [...parts, text.slice(begin)];
}

/** Keeps the places of the open brackets. */
function nest(open: number[], text: string, at: number): void {
  const character = text.charAt(at);
  if ('([{'.includes(character)) open.push(at);
  const opening = PAIRS[character];
  if (opening === undefined) return;
  // A bracket too few inside does not keep an outer one open.
  const pair = open.findLastIndex((place) => text[place] === opening);
  if (pair >= 0) open.length = pair;
}

/** Places of the brackets and commas. */
function* marks(text: string, lexis: Lexis): Generator<number> {
  for (let at = 0; at < text.length; ) {
    const end = passed(text, at, lexis);
    if (end === at && '()[]{},'.includes(text.charAt(at))) yield at;
    at = Math.max(end, at + 1);
  }
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
