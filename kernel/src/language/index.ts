/** TypeScript cells as V8 evaluates them. Pure: text in, text out; nothing here runs the user's code. */
export { type CellHelper, HELPER } from './helper.ts';
export { type Cell, CellRewriter, type RewriterOptions, type RewrittenCell } from './rewriter.ts';
export { CellSyntaxError, type Place } from './syntax-error.ts';
