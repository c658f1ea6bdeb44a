/** The code blocks of a page of the documentation. */

/** A block that is run as a cell. */
export interface DocBlock {
  readonly code: string;
  /** Line of the page on which the code begins, from 1. */
  readonly line: number;
  /** The text that the page says comes of it; undefined where it says nothing. */
  readonly expected: string | undefined;
  /** Answers to the questions of the block: `<!-- answers: Ada, 36 -->` before it. */
  readonly answers: readonly string[];
}

interface Fence {
  readonly info: string;
  readonly text: string;
  readonly line: number;
  /** Between the fence before and this one. */
  readonly before: string;
}

/** The blocks marked `ts`, each with the `text` block that follows it, if one does. */
export function docBlocks(page: string): DocBlock[] {
  const fences = fencesOf(page);
  return fences.flatMap((fence, index) => {
    if (fence.info !== 'ts') return [];
    const next = fences[index + 1];
    const expected = next?.info === 'text' && next.before.trim() === '' ? next.text : undefined;
    const answers = /<!-- answers: (.*) -->/.exec(fence.before)?.[1]?.split(', ') ?? [];
    return [{ code: fence.text, line: fence.line, expected, answers }];
  });
}

function fencesOf(page: string): Fence[] {
  const fences: Fence[] = [];
  let before: string[] = [];
  let open: { info: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of page.split(/\r?\n/).entries()) {
    const info = /^```(\w*)\s*$/.exec(line)?.[1];
    if (open === undefined && info !== undefined) open = { info, line: index + 2, lines: [] };
    else if (open === undefined) before.push(line);
    else if (info === '') {
      fences.push({ info: open.info, text: open.lines.join('\n'), line: open.line, before: before.join('\n') });
      open = undefined;
      before = [];
    } else open.lines.push(line);
  }
  if (open !== undefined) throw new Error(`the code block at line ${open.line} has no end`);
  return fences;
}
