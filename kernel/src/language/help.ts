/** What a cell that is a question asks for. */
export interface HelpQuestion {
  /** The name, maybe with dots, in question. */
  readonly expression: string;
  /** 1: its source too. */
  readonly detailLevel: 0 | 1;
}

const QUESTION =
  /^\s*(?:(\?{1,2})\s*([\p{ID_Start}$_][\p{ID_Continue}$.]*)|([\p{ID_Start}$_][\p{ID_Continue}$.]*)\s*(\?{1,2}))\s*$/u;

/** `name?`, `?name` and `a.b??` (with source) are questions and no TypeScript. Null for any other cell. */
export function helpQuestion(code: string): HelpQuestion | null {
  if (!code.includes('?')) return null;
  const [, before, after, named, behind] = QUESTION.exec(code) ?? [];
  const expression = after ?? named;
  if (expression === undefined) return null;
  return { expression, detailLevel: (before ?? behind) === '??' ? 1 : 0 };
}
