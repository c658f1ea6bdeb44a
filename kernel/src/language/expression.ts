import { CellPass } from './cell-pass.ts';
import { Names } from './names.ts';
import { parseExpressionCell } from './parse.ts';

const NOTHING_DECLARED = new Names();

/** A TypeScript expression as JavaScript that V8 evaluates, or null if it is none or cannot just have its types erased. */
export function expressionScript(code: string): string | null {
  const parsed = parseExpressionCell(code, { jsx: false, legacyDecorators: false });
  if (parsed === null) return null;
  const pass = new CellPass(code, parsed, NOTHING_DECLARED, null);
  return pass.run() ? null : pass.edits.toString().trim();
}
