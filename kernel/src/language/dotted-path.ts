const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const PATH = new RegExp(`^${NAME}(?:\\.${NAME})*$`, 'u');
/** What is no variable where an expression begins, in a script or in a module. */
const NO_VARIABLES = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static ' +
    'super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

/**
 * The names of `a.b.c`; undefined for anything but a variable, with or without such members. What people complete most,
 * and known without a parser.
 */
export function dottedPath(expression: string): readonly [string, ...string[]] | undefined {
  if (!PATH.test(expression)) return undefined;
  const [root = '', ...members] = expression.split('.');
  return NO_VARIABLES.has(root) ? undefined : [root, ...members];
}
