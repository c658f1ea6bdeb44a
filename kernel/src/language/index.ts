/**
 * TypeScript cells as V8 evaluates them. Pure: text in, text out; nothing here runs the user's code.
 *
 * What a cell means, where it could mean several things:
 * - `{ a: 1 }` as a whole cell is an object, as in Node's REPL; anything else in braces is a block.
 * - `using` and `await using` at the top level are released when the cell ends, also by an error; the names live on.
 * - `export default x` and `export = x` are the cell's result; other exports are declarations; `export … from` only loads.
 * - An enum that is declared anew has only its new members; a namespace adds to what an earlier cell made of its name.
 * - A name that the cell mentions in types only may be imported without `type` from a module that does not export it.
 * - A cell that cannot be read as TypeScript, but can be as JSX, is JSX, as is one with a pragma in its first comment (`@jsx h`).
 * - What makes the elements, and which decorators are meant, is said by the options of the project (`tsconfig.json`).
 * - `%name rest` where a statement may begin is a line command, which becomes a call of the worker's.
 * - A cell's own `process`, `fetch` or `Map` is the cells' alone: packages and the kernel still see the runtime's (`MARK`).
 */
export { type Completeness, completeness } from './completeness.ts';
export { type CompletionContext, completionContext, type NamedExpression, nameAt } from './cursor.ts';
export { dottedPath } from './dotted-path.ts';
export { type FileModule, fileModule } from './file-module.ts';
export { ForgottenNames } from './forgotten.ts';
export { type HelpQuestion, helpQuestion } from './help.ts';
export { type CellCommands, type CellHelper, HELPER, type Timer } from './helper.ts';
export { LINE_COMMANDS, type LineCommandEntry, nearestCommand } from './line-command-table.ts';
export { findLineCommands, type LineCommand, type LineCommands, withoutLineCommands } from './line-commands.ts';
export { type CompilerOptions, DEFAULT_OPTIONS } from './lower.ts';
export { MARK } from './references.ts';
export { type Cell, CellRewriter, type RewriterOptions, type RewrittenCell } from './rewriter.ts';
export { CellSyntaxError, type Place } from './syntax-error.ts';
