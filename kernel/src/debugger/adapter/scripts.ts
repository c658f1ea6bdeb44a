import type { Debugger } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { CellPaths } from './cell-paths.ts';
import type { MainThread } from './main-thread.ts';
import { isInternal } from './own-code.ts';

/** A place in a source, 1-based. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

/** A place where V8 can stop. */
export interface StopPlace extends SourcePlace {
  readonly location: Debugger.BreakLocation;
}

export interface Script {
  readonly id: string;
  readonly url: string;
  readonly endLine: number;
  readonly kind: 'cell' | 'file' | 'other' | 'internal';
  /** Of a file, or of a cell that was taken. */
  path: string | undefined;
}

const CELL = /^In\[\d+\]$/;
/** The scripts that the main thread has, and the way from them to what the user wrote. */
export class Scripts {
  readonly #main: MainThread;
  readonly #paths: CellPaths;
  readonly #scripts = new Map<string, Script>();
  readonly #stops = new Map<string, Promise<readonly StopPlace[]>>();

  constructor(main: MainThread, paths: CellPaths) {
    this.#main = main;
    this.#paths = paths;
    main.session.on('Debugger.scriptParsed', ({ params }) => this.#parsed(params));
  }

  get(id: string): Script | undefined {
    return this.#scripts.get(id);
  }

  /** The newest last. */
  all(): Script[] {
    return [...this.#scripts.values()];
  }

  /** The user's scripts of this path: a cell may have been run several times, and several cells may be the same. */
  of(path: string): Script[] {
    return this.all().filter((script) => script.path === path);
  }

  /** Finds out what cells the scripts are that were there before the debugger. */
  async takeCells(): Promise<void> {
    const newest = new Map(this.all().flatMap((script) => (script.kind === 'cell' ? [[script.url, script]] : [])));
    for (const name of await this.#main.ask('cells')) {
      const script = newest.get(name);
      if (script !== undefined) await this.takeCell(script.id);
    }
  }

  /** Finds out what cell a script is. To be called before another cell has its name. */
  async takeCell(id: string): Promise<Script | undefined> {
    const script = this.#scripts.get(id);
    if (script?.kind !== 'cell') return undefined;
    const code = await this.#main.ask('take', id, script.url);
    if (code !== null) script.path = this.#paths.add(code);
    return script;
  }

  /** Where V8 can stop in a script, in the order of the source. */
  stopPlaces(script: Script): Promise<readonly StopPlace[]> {
    let places = this.#stops.get(script.id);
    if (places === undefined) {
      places = this.#findStopPlaces(script);
      this.#stops.set(script.id, places);
    }
    return places;
  }

  /** From places in a script (0-based, as V8 gives them) to those in its source. */
  async toSource(
    id: string,
    locations: readonly { lineNumber: number; columnNumber?: number | undefined }[],
  ): Promise<SourcePlace[]> {
    const flat = locations.flatMap(({ lineNumber, columnNumber = 0 }) => [lineNumber + 1, columnNumber + 1]);
    const mapped = this.#scripts.get(id)?.kind === 'cell' ? await this.#main.ask('places', id, flat) : flat;
    return locations.map((_, index) => ({ line: mapped[2 * index] ?? 1, column: mapped[2 * index + 1] ?? 1 }));
  }

  /** How a script is shown. */
  source(script: Script): DebugProtocol.Source {
    if (script.path === undefined)
      return { name: script.url || `script ${script.id}`, sourceReference: Number(script.id) };
    const name = script.kind === 'cell' ? script.url : (script.path.split(/[\\/]/).at(-1) ?? script.path);
    return { name, path: script.path, sourceReference: 0 };
  }

  async #findStopPlaces({ id, kind, endLine, path = '' }: Script): Promise<readonly StopPlace[]> {
    const start = { scriptId: id, lineNumber: 0, columnNumber: 0 };
    const { locations } = await this.#main.answer(
      this.#main.session.post('Debugger.getPossibleBreakpoints', { start }),
    );
    const places = await this.toSource(id, locations);
    const lines = kind === 'cell' ? (this.#paths.codeOf(path) ?? '').split(/\r\n|[\n\r\u2028\u2029]/) : undefined;
    return places
      .flatMap((place, index): StopPlace[] => {
        const location = locations[index];
        if (location === undefined) return [];
        // The end of a script, which is behind what the kernel has appended.
        if (lines !== undefined && location.type === 'return' && location.lineNumber >= endLine) return [];
        // A cell assigns its functions before anything else runs, which is nothing to stop at.
        if (lines !== undefined && DECLARATION.test(lines[place.line - 1]?.slice(place.column - 1) ?? '')) return [];
        return [{ ...place, location }];
      })
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }

  #parsed({ scriptId, url, endLine }: Debugger.ScriptParsedEventDataType): void {
    const { kind, path } = classify(url);
    this.#scripts.set(scriptId, { id: scriptId, url, endLine, kind, path });
  }
}

const DECLARATION = /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b/;

function classify(url: string): Pick<Script, 'kind' | 'path'> {
  if (CELL.test(url)) return { kind: 'cell', path: undefined };
  if (isInternal(url)) return { kind: 'internal', path: undefined };
  if (!url.startsWith('file:')) return { kind: 'other', path: undefined };
  return { kind: 'file', path: fileURLToPath(url) };
}
