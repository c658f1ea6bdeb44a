import type * as t from '@babel/types';

const SPACE = /\s/;
const LINE_END = /[\n\r\u2028\u2029]/;

/** Moves over blanks and comments of one text, from one token to the next or the one before. */
export class Trivia {
  readonly #code: string;
  readonly #comments: readonly t.Comment[];
  #startOfCommentAt: Map<number, number> | undefined;

  constructor(code: string, comments: readonly t.Comment[]) {
    this.#code = code;
    this.#comments = comments;
  }

  /** Offset of the first character of a token at or after `offset`. */
  next(offset: number): number {
    const code = this.#code;
    let at = offset;
    for (;;) {
      while (at < code.length && SPACE.test(code.charAt(at))) at += 1;
      if (code.startsWith('//', at)) {
        while (at < code.length && !LINE_END.test(code.charAt(at))) at += 1;
      } else if (code.startsWith('/*', at)) {
        const end = code.indexOf('*/', at + 2);
        at = end < 0 ? code.length : end + 2;
      } else return at;
    }
  }

  /** Offset after the last character of the token that ends at or before `offset`. */
  previous(offset: number): number {
    if (this.#startOfCommentAt === undefined) {
      this.#startOfCommentAt = new Map();
      for (const { start, end } of this.#comments) {
        if (typeof start === 'number' && typeof end === 'number') this.#startOfCommentAt.set(end, start);
      }
    }
    let at = offset;
    for (;;) {
      const comment = this.#startOfCommentAt.get(at);
      if (comment !== undefined) at = comment;
      else if (at > 0 && SPACE.test(this.#code.charAt(at - 1))) at -= 1;
      else return at;
    }
  }

  /** Whether a line ends between two offsets. */
  spansLines(start: number, end: number): boolean {
    return LINE_END.test(this.#code.slice(start, end));
  }
}
