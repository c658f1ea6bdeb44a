/** Runs a module of the Asynchronous Module Definition (AMD), as widgets bring theirs for the classic notebook. */

export type Module = Readonly<Record<string, unknown>>;

/** One call of `define(name?, dependencies?, factory)`. */
interface Definition {
  readonly name: string | undefined;
  readonly dependencies: readonly string[];
  readonly factory: unknown;
}

/** @param load The modules that it depends on. */
export async function loadAmd(
  name: string,
  source: string,
  load: (dependency: string) => Promise<Module>,
): Promise<Module> {
  const definitions = definitionsIn(source);
  const own = definitions.pop();
  if (own === undefined) throw new Error(`The module ${name} defines nothing.`);
  const parts = new Map<string, Promise<Module>>();
  const partOf = (dependency: string): Promise<Module> | undefined => {
    const part = definitions.find((definition) => definition.name === dependency);
    const made = parts.get(dependency) ?? (part && make(part));
    if (made !== undefined) parts.set(dependency, made);
    return made;
  };
  const make = async ({ dependencies, factory }: Definition): Promise<Module> => {
    if (typeof factory !== 'function') return moduleOf(name, factory);
    const module = { id: name, uri: scriptOf(name), exports: {} };
    let parameters: unknown[] = [];
    const require = (dependency: string): unknown => {
      const at = dependencies.indexOf(dependency);
      if (at === -1) throw new Error(`The module ${name} needs ${dependency}, which is not there.`);
      return parameters[at];
    };
    const find = (dependency: string): Promise<unknown> | unknown => {
      if (dependency === 'module') return module;
      if (dependency === 'exports') return module.exports;
      if (dependency === 'require') return require;
      return partOf(dependency) ?? load(dependency);
    };
    parameters = await Promise.all(dependencies.map(find));
    const made: unknown = asScript(name, () => factory(...parameters));
    return moduleOf(name, made ?? module.exports);
  };
  return await make(own);
}

/** What a file defines: parts with names, and last the module itself. */
function definitionsIn(source: string): Definition[] {
  const definitions: Definition[] = [];
  const define = (...parameters: unknown[]): void => {
    const [name] = parameters;
    definitions.push({
      name: typeof name === 'string' ? name : undefined,
      dependencies: parameters.find((parameter): parameter is string[] => Array.isArray(parameter)) ?? [],
      factory: parameters.at(-1),
    });
  };
  define.amd = {};
  // What may be used as several kinds of module shall be this kind, whose dependencies are awaited.
  new Function('define', 'module', 'exports', source)(define, undefined, undefined);
  return definitions;
}

function moduleOf(name: string, made: unknown): Module {
  if (typeof made !== 'object' || made === null) throw new Error(`The module ${name} exports nothing.`);
  return made as Module;
}

/** Bundles want to know where they come from, and some refuse to run without. What they would load from there is not there. */
function asScript<Result>(name: string, run: () => Result): Result {
  Object.defineProperty(document, 'currentScript', {
    configurable: true,
    value: { tagName: 'SCRIPT', src: scriptOf(name) },
  });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(document, 'currentScript');
  }
}

function scriptOf(name: string): string {
  return `https://nbextensions.invalid/${name}/index.js`;
}
