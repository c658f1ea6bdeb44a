import { readFileSync } from 'node:fs';
import { isBuiltin, registerHooks } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileModule } from '../../language/index.ts';
import { isPackageSpecifier } from '../../packages/specifier.ts';
import type { Projects } from '../../projects.ts';
import { sourceFile } from '../../source-file.ts';
import { NOTEBOOK } from '../modules.ts';
import { orElse, partOf } from '../not-found.ts';
import { isRequired } from '../require.ts';
import type { ModuleGraph } from './module-graph.ts';

/** Files that are made JavaScript before Node loads them. */
const COMPILED = /\.(?:[cm]?ts|[jt]sx)$/;

/** A specifier that is the path of a file. */
const PATH = /^(?:\.{0,2}\/|\.{1,2}$|[A-Za-z]:[\\/]|file:)/;

/** How the module that the cells are ends in URLs: Node writes it in either way. */
const NOTEBOOK_URL = [NOTEBOOK, encodeURIComponent(NOTEBOOK)];

export interface HookOptions {
  readonly graph: ModuleGraph;
  readonly projects: Projects;
  /** @throws SyntaxError */
  readonly compile: (url: string, source: string) => FileModule;
}

/** Lets the cells, and the files that they import, import files as TypeScript's projects do. */
export function hookFiles({ graph, projects, compile }: HookOptions): void {
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL = '' } = context;
      const isCell = isNotebook(parentURL);
      const isOurs = isCell || graph.has(parentURL);
      if (!isOurs || isBuiltin(specifier) || isPackageSpecifier(specifier)) return next(specifier, context);
      const importer = fileURLToPath(parentURL);
      const take = (file: string) => next(isRequired(context) ? file : pathToFileURL(file).href, context);
      const byNode = () => next(specifier, context);
      const found = PATH.test(specifier)
        ? orElse(byNode, () => sourceFile(pathOf(specifier, importer)), take)
        : (mapped(projects.pathsOf(importer, specifier), take) ??
          orElse(byNode, () => (isRequired(context) ? undefined : partOf(specifier, importer)), take));
      if (!found.url.startsWith('file:') || found.url.includes('/node_modules/')) return found;
      const url = graph.urlFor(found.url, isCell ? undefined : parentURL);
      // What is required is known by its file, and is had anew as everywhere: by `require.cache`.
      if (isRequired(context)) return found;
      const isJson = /\.json(?:\?|$)/.test(url);
      return { ...found, url, ...(isJson && { importAttributes: { type: 'json', ...context.importAttributes } }) };
    },
    load(url, context, next) {
      const file = graph.fileOf(url);
      if (file === undefined || !COMPILED.test(file)) return next(url, context);
      const { format, code } = compile(url, readFileSync(file, 'utf8'));
      return { format, source: code, shortCircuit: true };
    },
  });
}

function mapped<Found>(paths: readonly string[], take: (file: string) => Found): Found | undefined {
  const file = paths.map(sourceFile).find((found) => found !== undefined);
  return file === undefined ? undefined : take(file);
}

function pathOf(specifier: string, importer: string): string {
  return specifier.startsWith('file:') ? fileURLToPath(specifier) : resolve(dirname(importer), specifier);
}

/** Whether it is the module that the cells are. */
function isNotebook(url: string): boolean {
  return url.startsWith('file:') && NOTEBOOK_URL.some((name) => url.endsWith(`/${name}`));
}
