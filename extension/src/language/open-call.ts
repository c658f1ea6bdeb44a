import { lexisOf, openBrackets, splitAtCommas } from './lexis.ts';

/** What stands before a parenthesis and is no function. */
const NO_FUNCTION =
  /^(?:if|elif|elsif|unless|while|until|for|foreach|switch|match|catch|except|with|return|yield|await|and|or|not|in|is|assert|del|lambda|function|fn|func|typeof)$/;
/** What stands before a name that is being declared. */
const DECLARES = /(?:^|[^\p{L}\p{N}_$])(?:def|function|fn|func|fun|class|sub)[ \t]+$/u;
const NAME_AT_END = /[\p{L}_$][\p{L}\p{N}_$!?]*$/u;

export interface OpenCall {
  /** Where the name of the function ends, in UTF-16 units. */
  readonly nameEnd: number;
  /** What is written of its arguments; the cursor is at the end of the last one. */
  readonly written: readonly string[];
}

/**
 * The call whose arguments the cursor is in; of nested calls, the innermost. It is found by brackets alone, as code that is
 * being written cannot be parsed.
 * @param cursor In UTF-16 units.
 * @param language Jupyter's name of it.
 * @returns undefined: the cursor is in no call, or in that of something without a name.
 */
export function openCall(code: string, cursor: number, language: string): OpenCall | undefined {
  const before = code.slice(0, cursor);
  const lexis = lexisOf(language);
  for (const at of openBrackets(before, lexis).reverse()) {
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
    return { nameEnd: callee.length, written: splitAtCommas(before.slice(at + 1), lexis) };
  }
  return undefined;
}
