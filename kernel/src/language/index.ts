/** TypeScript cells as V8 evaluates them. Pure: text in, text out; nothing here runs the user's code. */
export { type Completeness, completeness } from './completeness.ts';
export { type CompletionContext, completionContext, type NamedExpression, nameAt } from './cursor.ts';
export { type CellHelper, HELPER } from './helper.ts';
export { MARK } from './references.ts';
export { type Cell, CellRewriter, type RewriterOptions, type RewrittenCell } from './rewriter.ts';
export { CellSyntaxError, type Place } from './syntax-error.ts';
