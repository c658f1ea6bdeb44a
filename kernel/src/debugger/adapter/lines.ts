import { parseCell } from '../../language/parse.ts';
import { forEachChild } from '../../language/syntax-tree.ts';

interface Node {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number }; readonly end: { readonly line: number } } | null;
}

const NOTHING_RUNS = /^(?:TS|Interface|TypeAlias|Block|Empty|FunctionDeclaration$|ClassBody|ImportDeclaration$)/;
const FUNCTION = /^(?:Function|ArrowFunction|ObjectMethod|ClassMethod|ClassPrivateMethod)/;

/**
 * The lines of a cell at which it will be possible to stop, as its syntax tells: for breakpoints in a cell that has not run,
 * which V8 does not know yet. Null for what cannot be parsed.
 */
export function likelyLines(code: string): readonly number[] | null {
  const lines = new Set<number>();
  const visit = (node: Node, parent: Node | null): void => {
    if (/^(?:TSInterface|TSTypeAlias|TSDeclare)/.test(node.type)) return;
    const isStatement = /(?:Statement|Declaration)$/.test(node.type) && !NOTHING_RUNS.test(node.type);
    const isBody = parent?.type === 'ArrowFunctionExpression' && !node.type.startsWith('Block');
    if (node.loc && (isStatement || isBody || node.type === 'TSEnumDeclaration')) lines.add(node.loc.start.line);
    if (node.loc && FUNCTION.test(node.type)) lines.add(node.loc.end.line);
    forEachChild(node as Parameters<typeof forEachChild>[0], (child) => visit(child as Node, node));
  };
  try {
    const parsed = parseCell(code);
    if (parsed.expression !== null) visit(parsed.expression as Node, { type: 'ArrowFunctionExpression' });
    for (const statement of parsed.body) visit(statement as Node, null);
  } catch {
    // The person is in the middle of writing it.
    return null;
  }
  return [...lines].sort((a, b) => a - b);
}
