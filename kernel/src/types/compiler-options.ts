import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { CompilerOptions } from '../language/index.ts';
import { Projects, pathsOf } from '../projects.ts';
import { DOCUMENT } from './documents.ts';
import { parseJsonWithComments } from './json-with-comments.ts';

/** Options of a tsconfig.json beside the notebook that say how strictly a cell is checked. */
const RESPECTED = [
  'strict',
  'alwaysStrict',
  'noImplicitAny',
  'strictNullChecks',
  'strictFunctionTypes',
  'strictBindCallApply',
  'strictPropertyInitialization',
  'strictBuiltinIteratorReturn',
  'noImplicitThis',
  'useUnknownInCatchVariables',
  'exactOptionalPropertyTypes',
  'noUncheckedIndexedAccess',
  'noPropertyAccessFromIndexSignature',
  'noImplicitOverride',
  'noImplicitReturns',
  'noFallthroughCasesInSwitch',
] as const;

export interface CompilerSettings {
  /** The text of the tsconfig.json that the language server gets. */
  readonly text: string;
  /** Whether the tsconfig.json asks by name for errors about types that nobody has written. */
  readonly reportsImplicitAny: boolean;
  /** Whether files are imported without their endings. */
  readonly leavesEndings: boolean;
}

export interface CompilerSettingsOptions {
  /** The notebook's folder. */
  readonly folder: string;
  /** Files that declare what the kernel gives to the cells. */
  readonly declarations: readonly string[];
  /** Whether a file is imported without its ending, though no tsconfig.json speaks of it. */
  readonly leavesEndings?: boolean;
  /** Modules that are elsewhere than their names say: `npm:lodash-es@4` and the file that declares it. */
  readonly modules?: ReadonlyMap<string, string>;
}

/** The compiler's options for a notebook in `folder`. */
export function compilerSettings(options: CompilerSettingsOptions): CompilerSettings {
  const { folder, declarations, modules = new Map() } = options;
  const own = ownOptions(folder);
  const mapped = pathsOf(folder);
  const leavesEndings = options.leavesEndings === true || Object.keys(mapped).length > 0;
  const paths = { ...mapped, ...Object.fromEntries([...modules].map(([name, file]) => [name, [file]])) };
  const node = nodeTypes(folder);
  const config = {
    compilerOptions: {
      strict: true,
      useUnknownInCatchVariables: false,
      ...own,
      ...compiledBy(folder),
      target: 'esnext',
      lib: ['esnext'],
      // What Node makes of a package of CommonJS, only the first of them knows.
      ...(leavesEndings
        ? { module: 'preserve', moduleResolution: 'bundler', customConditions: ['node'] }
        : { module: 'nodenext', moduleResolution: 'nodenext' }),
      moduleDetection: 'force',
      resolveJsonModule: true,
      allowImportingTsExtensions: true,
      allowJs: true,
      checkJs: false,
      maxNodeModuleJsDepth: 0,
      skipLibCheck: true,
      noEmit: true,
      allowUnreachableCode: true,
      allowUnusedLabels: true,
      types: node === 'near' ? ['node'] : [],
      disableSolutionSearching: true,
      paths,
    },
    // The file names itself, so that the language server looks for no other project that has it.
    files: ['tsconfig.json', ...declarations, ...(node === 'near' || node === undefined ? [] : [node])],
    include: [`${DOCUMENT}*`],
  };
  return { text: JSON.stringify(config), reportsImplicitAny: own.noImplicitAny === true, leavesEndings };
}

/** How the cells are compiled. Which imports of types are left in is the cells' own. */
function compiledBy(folder: string): Omit<CompilerOptions, 'verbatimModuleSyntax'> {
  const { verbatimModuleSyntax: _, ...options } = new Projects().optionsOf(join(folder, DOCUMENT));
  return options;
}

/** `near`: the notebook's folder has its own types of Node. Else those that the kernel brings. */
function nodeTypes(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules/@types/node/package.json'))) return 'near';
    if (dirname(at) === at) break;
  }
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@types/node/package.json')), 'index.d.ts');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** What the tsconfig.json of the folder says, as far as it counts here. One that cannot be read says nothing. */
function ownOptions(folder: string): Readonly<Record<string, unknown>> {
  const options = optionsOf(join(folder, 'tsconfig.json'), 0);
  return Object.fromEntries(RESPECTED.flatMap((name) => (name in options ? [[name, options[name]]] : [])));
}

/** How many configurations may extend each other. */
const MOST_EXTENDS = 10;

function optionsOf(file: string, depth: number): Readonly<Record<string, unknown>> {
  const config = readConfig(file);
  if (config === undefined || depth > MOST_EXTENDS) return {};
  const bases = [config.extends ?? []].flat().filter((base) => typeof base === 'string');
  const inherited = bases.map((base) => {
    const found = configFile(base, file);
    return found === undefined ? {} : optionsOf(found, depth + 1);
  });
  const { compilerOptions } = config;
  const own = typeof compilerOptions === 'object' && compilerOptions !== null ? compilerOptions : {};
  return Object.assign({}, ...inherited, own);
}

function configFile(base: string, from: string): string | undefined {
  const names = [base, `${base}.json`, `${base}/tsconfig.json`];
  if (/^\.{0,2}\//.test(base)) {
    return names.map((name) => resolve(dirname(from), name)).find((name) => name.endsWith('.json') && existsSync(name));
  }
  for (const name of names) {
    try {
      const found = createRequire(from).resolve(name);
      if (found.endsWith('.json')) return found;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
  return undefined;
}

function readConfig(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseJsonWithComments(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}
