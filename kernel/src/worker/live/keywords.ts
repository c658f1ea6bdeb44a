/** Words of TypeScript that a cell may be completed with. */
export const KEYWORDS: readonly string[] = [
  'abstract any as asserts async await bigint boolean break case catch class const continue debugger declare default',
  'delete do else enum export extends false finally for from function get if implements import in infer instanceof',
  'interface is keyof let module namespace never new null number object of override private protected public readonly',
  'return satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown using',
  'var void while with yield',
].flatMap((line) => line.split(' '));
