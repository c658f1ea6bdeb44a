import { readFile } from 'node:fs/promises';
import { DebugError } from '../errors.ts';
import type { Handles } from '../requests.ts';
import type { Script } from '../scripts.ts';

/** The code that there is. */
export const sources: Handles<'source' | 'modules' | 'loadedSources'> = {
  async source(state, { source, sourceReference }) {
    const path = source?.path ?? '';
    const code = state.paths.codeOf(path);
    if (code !== undefined) return { content: code, mimeType: 'text/typescript' };
    const id = String(source?.sourceReference || sourceReference);
    const { scripts, main } = state.session;
    const script = scripts.of(path).at(-1) ?? scripts.get(id);
    if (script === undefined) throw new DebugError(`the source ${path || id} is not known`);
    if (script.kind === 'file' && script.path !== undefined) return { content: await readFile(script.path, 'utf8') };
    const { scriptSource } = await main.answer(main.session.post('Debugger.getScriptSource', { scriptId: script.id }));
    return { content: scriptSource };
  },

  modules(state, { startModule = 0, moduleCount = 0 }) {
    const files = newest(state.attached?.scripts.all() ?? []).filter(({ kind }) => kind === 'file');
    const some = files.slice(startModule, moduleCount > 0 ? startModule + moduleCount : undefined);
    return {
      modules: some.map(({ id, path = '' }) => ({ id: Number(id), name: path.split(/[\\/]/).at(-1) ?? path, path })),
      totalModules: files.length,
    };
  },

  loadedSources(state) {
    const { scripts } = state.session;
    return { sources: newest(scripts.all()).map((script) => scripts.source(script)) };
  },
};

/** One script of the user's for each path. */
function newest(scripts: readonly Script[]): Script[] {
  const byPath = new Map<string, Script>();
  for (const script of scripts) if (script.path !== undefined) byPath.set(script.path, script);
  return [...byPath.values()];
}
