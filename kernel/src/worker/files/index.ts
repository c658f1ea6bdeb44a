/** The files room: the user's own files, which cells import. Loaded when the first cell does. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CellSyntaxError, type CompilerOptions, fileModule, type Place } from '../../language/index.ts';
import { Projects } from '../../projects.ts';
import { hookFiles } from './hooks.ts';
import { ModuleGraph } from './module-graph.ts';

export interface FilesRoom {
  /** Imports for a cell, by `action`: files that have changed are loaded anew. */
  import<T>(action: () => Promise<T>): Promise<T>;
  /** Of the project of a file, which need not be there. */
  compilerOptions(file: string): CompilerOptions;
  /** From a place in the code of a module to its place in the file. */
  placeOf(url: string, place: Place): Place;
}

export function openFiles(): FilesRoom {
  const { cache } = createRequire(import.meta.url);
  const graph = new ModuleGraph((file) => delete cache[file]);
  const projects = new Projects();
  const positions = new Map<string, (place: Place) => Place>();
  hookFiles({
    graph,
    projects,
    compile(url, source) {
      const file = fileURLToPath(url);
      try {
        const module = fileModule(file, source, () => projects.optionsOf(file));
        positions.set(url, module.position);
        return module;
      } catch (error) {
        throw error instanceof CellSyntaxError ? placed(error, url) : error;
      }
    },
  });
  return {
    async import(action) {
      const pass = graph.begin();
      projects.forget();
      try {
        return await action();
      } catch (error) {
        graph.failed(pass);
        throw error;
      }
    },
    compilerOptions(file) {
      projects.forget();
      return projects.optionsOf(file);
    },
    placeOf: (url, place) => positions.get(url)?.(place) ?? place,
  };
}

/** An error of a file, where the parser found it. */
function placed({ message, line, column }: CellSyntaxError, url: string): SyntaxError {
  const error = new SyntaxError(message);
  error.stack = `SyntaxError: ${message}\n    at ${url}:${line}:${column}`;
  return error;
}
