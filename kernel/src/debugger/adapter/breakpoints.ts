import { pathToFileURL } from 'node:url';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { CellPaths } from './cell-paths.ts';
import { conditionOf, isConditional } from './conditions.ts';
import { DebugError } from './errors.ts';
import { escapeRegExp } from './escape.ts';
import type { LazyExpressions } from './lazy-expressions.ts';
import type { MainThread } from './main-thread.ts';
import type { Script, Scripts, StopPlace } from './scripts.ts';

interface Breakpoint {
  readonly id: number;
  readonly asked: DebugProtocol.SourceBreakpoint;
  /** What V8 evaluates; undefined: it is faulty, and never set. */
  readonly condition: string | undefined;
  /** V8's breakpoints, one a script. */
  readonly set: Set<string>;
  verified: boolean;
  line: number;
  column: number | undefined;
  message: string | undefined;
}

/** What breakpoints need of a session. */
export interface Attached {
  readonly main: MainThread;
  readonly scripts: Scripts;
}

/** Scripts of one path in which breakpoints are set: the newest. Code of older runs may still be called, but not for ever. */
const MOST_SCRIPTS = 20;

/** The breakpoints that the client wants, by path, and those that V8 has for them. */
export class Breakpoints {
  readonly #paths: CellPaths;
  readonly #expressions: LazyExpressions;
  readonly #changed: (breakpoint: DebugProtocol.Breakpoint) => void;
  readonly #byPath = new Map<string, Breakpoint[]>();
  #attached: Attached | undefined;
  #lastId = 0;

  /** @param changed Called with a breakpoint that has found its place late. */
  constructor(paths: CellPaths, expressions: LazyExpressions, changed: (breakpoint: DebugProtocol.Breakpoint) => void) {
    this.#paths = paths;
    this.#expressions = expressions;
    this.#changed = changed;
  }

  /** Sets those that are wanted already. */
  async attach(attached: Attached): Promise<void> {
    this.#attached = attached;
    attached.main.session.on('Debugger.breakpointResolved', ({ params }) => {
      const line = params.location.lineNumber + 1;
      this.#found(this.#ofV8(params.breakpointId), line, (params.location.columnNumber ?? 0) + 1);
    });
    for (const [path, breakpoints] of this.#byPath) await this.#set(path, breakpoints);
  }

  detach(): void {
    this.#attached = undefined;
    this.#byPath.clear();
  }

  /** Replaces the breakpoints of a source. */
  async replace(path: string, asked: readonly DebugProtocol.SourceBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    await this.#remove(this.#byPath.get(path) ?? []);
    const breakpoints: Breakpoint[] = [];
    for (const each of asked) breakpoints.push(await this.#make(each));
    if (breakpoints.length === 0) this.#byPath.delete(path);
    else this.#byPath.set(path, breakpoints);
    if (this.#attached !== undefined) await this.#set(path, breakpoints);
    await this.#guess(path, breakpoints);
    return breakpoints.map((breakpoint) => shown(breakpoint, path));
  }

  /** What debugInfo tells a client that comes later. */
  wanted(): { source: string; breakpoints: DebugProtocol.SourceBreakpoint[] }[] {
    return Array.from(this.#byPath, ([source, breakpoints]) => ({
      source,
      breakpoints: breakpoints.map(({ asked, line }) => ({ ...asked, line })),
    }));
  }

  /** A cell is about to run. */
  async bind(script: Script): Promise<void> {
    const breakpoints = script.path === undefined ? undefined : this.#byPath.get(script.path);
    if (this.#attached === undefined || breakpoints === undefined) return;
    await this.#setIn(this.#attached, script, breakpoints, (breakpoint) =>
      this.#changed(shown(breakpoint, script.path)),
    );
  }

  /** The client's ids of those that were hit. */
  idsOf(v8Ids: readonly string[]): number[] {
    return v8Ids.flatMap((id) => this.#ofV8(id)?.id ?? []);
  }

  async #make(asked: DebugProtocol.SourceBreakpoint): Promise<Breakpoint> {
    this.#lastId += 1;
    const breakpoint = {
      id: this.#lastId,
      asked,
      set: new Set<string>(),
      verified: false,
      line: asked.line,
      column: asked.column,
    };
    try {
      const condition = isConditional(asked) ? conditionOf(breakpoint.id, asked, await this.#expressions.load()) : '';
      return { ...breakpoint, condition, message: undefined };
    } catch (error) {
      if (!(error instanceof DebugError)) throw error;
      return { ...breakpoint, condition: undefined, message: error.message };
    }
  }

  async #set(path: string, breakpoints: readonly Breakpoint[]): Promise<void> {
    if (this.#attached === undefined) return;
    if (!this.#paths.isCell(path)) {
      await this.#setInFile(this.#attached, path, breakpoints);
      return;
    }
    const scripts = this.#attached.scripts.of(path).slice(-MOST_SCRIPTS);
    for (const script of scripts) await this.#setIn(this.#attached, script, breakpoints, () => {});
  }

  async #setIn(
    { main, scripts }: Attached,
    script: Script,
    breakpoints: readonly Breakpoint[],
    found: (breakpoint: Breakpoint) => void,
  ): Promise<void> {
    const places = await scripts.stopPlaces(script);
    for (const breakpoint of breakpoints) {
      if (breakpoint.condition === undefined) continue;
      const place = stopPlaceFor(places, breakpoint.asked);
      if (place === undefined) continue;
      const { lineNumber, columnNumber } = place.location;
      const location = { scriptId: script.id, lineNumber, ...(columnNumber !== undefined && { columnNumber }) };
      const { condition } = breakpoint;
      try {
        const { breakpointId } = await main.answer(
          main.session.post('Debugger.setBreakpoint', { location, condition }),
        );
        breakpoint.set.add(breakpointId);
      } catch (error) {
        // Two of them have come to the same place.
        if (!(error instanceof Error) || !error.message.includes('already exists')) throw error;
      }
      const moved = !breakpoint.verified || breakpoint.line !== place.line;
      Object.assign(breakpoint, { verified: true, line: place.line, column: place.column, message: undefined });
      if (moved) found(breakpoint);
    }
  }

  async #setInFile({ main }: Attached, path: string, breakpoints: readonly Breakpoint[]): Promise<void> {
    const urlRegex = `^${escapeRegExp(pathToFileURL(path).href)}(?:\\?.*)?$`;
    for (const breakpoint of breakpoints) {
      const { asked, condition } = breakpoint;
      if (condition === undefined) continue;
      const columnNumber = (asked.column ?? 1) - 1;
      const { breakpointId, locations } = await main.answer(
        main.session.post('Debugger.setBreakpointByUrl', {
          urlRegex,
          lineNumber: asked.line - 1,
          columnNumber,
          condition,
        }),
      );
      breakpoint.set.add(breakpointId);
      const [first] = locations;
      if (first === undefined) breakpoint.message = 'The file has not been loaded.';
      else
        Object.assign(breakpoint, {
          verified: true,
          line: first.lineNumber + 1,
          column: (first.columnNumber ?? 0) + 1,
        });
    }
  }

  /** Where a breakpoint of a cell that has not run is likely to be. */
  async #guess(path: string, breakpoints: readonly Breakpoint[]): Promise<void> {
    const unplaced = breakpoints.filter(({ verified, condition }) => !verified && condition !== undefined);
    if (unplaced.length === 0) return;
    const code = this.#paths.codeOf(path);
    const lines = code === undefined ? null : (await import('./lines.ts')).likelyLines(code);
    for (const breakpoint of unplaced) {
      const line = lines?.find((each) => each >= breakpoint.asked.line);
      if (line !== undefined) Object.assign(breakpoint, { verified: true, line });
      else breakpoint.message ??= this.#paths.isCell(path) ? 'There is no code to stop at.' : undefined;
    }
  }

  async #remove(breakpoints: readonly Breakpoint[]): Promise<void> {
    if (this.#attached === undefined) return;
    const { main } = this.#attached;
    for (const { id, set } of breakpoints) {
      for (const breakpointId of set)
        await main.answer(main.session.post('Debugger.removeBreakpoint', { breakpointId }));
      await main.ask('unhit', id);
    }
  }

  #found(breakpoint: Breakpoint | undefined, line: number, column: number): void {
    if (breakpoint === undefined || breakpoint.verified) return;
    Object.assign(breakpoint, { verified: true, line, column, message: undefined });
    const [path] = Array.from(this.#byPath).find(([, breakpoints]) => breakpoints.includes(breakpoint)) ?? [];
    this.#changed(shown(breakpoint, path));
  }

  #ofV8(id: string): Breakpoint | undefined {
    for (const breakpoints of this.#byPath.values()) {
      const found = breakpoints.find(({ set }) => set.has(id));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The first place on the line, or on the next line that has one. A column asks for the first place from there on. */
function stopPlaceFor(
  places: readonly StopPlace[],
  { line, column }: DebugProtocol.SourceBreakpoint,
): StopPlace | undefined {
  const on = places.filter((place) => place.line === line);
  if (on.length === 0) return places.find((place) => place.line > line);
  return (column === undefined ? undefined : on.find((place) => place.column >= column)) ?? on[0];
}

function shown(
  { id, verified, line, column, message }: Breakpoint,
  path: string | undefined,
): DebugProtocol.Breakpoint {
  return {
    id,
    verified,
    line,
    ...(column !== undefined && { column }),
    ...(message !== undefined && { message }),
    ...(path !== undefined && { source: { path } }),
  };
}
