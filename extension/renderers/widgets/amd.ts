/** Runs a module of the Asynchronous Module Definition (AMD), as widgets bring theirs for the classic notebook. */

export type Module = Readonly<Record<string, unknown>>;

type Factory = (...dependencies: unknown[]) => unknown;

/** @param find The modules that it may depend on. */
export function runAmd(name: string, source: string, find: (dependency: string) => Module | undefined): Module {
  let exported: unknown;
  const exportsObject: Record<string, unknown> = {};
  const moduleObject = { id: name, uri: `${name}/index.js`, exports: exportsObject };
  const resolve = (dependency: string): unknown => {
    if (dependency === 'module') return moduleObject;
    if (dependency === 'exports') return exportsObject;
    const found = find(dependency);
    if (found === undefined) throw new Error(`The module ${name} needs ${dependency}, which is not there.`);
    return found;
  };
  // define(name?, dependencies?, factory)
  const define = (...parameters: unknown[]): void => {
    const factory = parameters.at(-1);
    const dependencies = parameters.find((parameter): parameter is string[] => Array.isArray(parameter)) ?? [];
    const made = typeof factory === 'function' ? (factory as Factory)(...dependencies.map(resolve)) : factory;
    // The last one is the module's own; those before it are parts with names.
    exported = made ?? moduleObject.exports;
  };
  define.amd = {};
  new Function('define', 'module', 'exports', source)(define, moduleObject, exportsObject);
  const module = exported ?? moduleObject.exports;
  if (typeof module !== 'object' || module === null) throw new Error(`The module ${name} exports nothing.`);
  return module as Module;
}
