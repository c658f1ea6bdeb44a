/** Whether a module is resolved for `require`, by what hooks are told. Of `require`, Node 22 tells a set instead of a list. */
export function isRequired({ conditions }: { readonly conditions: Iterable<string> }): boolean {
  return new Set(conditions).has('require');
}

/** A `require` that first tells what it is asked for. */
export function requireAfter(require: NodeJS.Require, tell: (id: string) => void): NodeJS.Require {
  const telling = <Args extends readonly unknown[], Result>(action: (id: string, ...args: Args) => Result) => {
    return (id: string, ...args: Args): Result => {
      tell(id);
      return action(id, ...args);
    };
  };
  return Object.assign(telling(require), require, {
    resolve: Object.assign(telling(require.resolve), require.resolve),
  });
}
