import type { DebugProtocol } from '@vscode/debugprotocol';
import { Breakpoints } from './breakpoints.ts';
import type { ExceptionFilter } from './capabilities.ts';
import { CellPaths } from './cell-paths.ts';
import { DebugError } from './errors.ts';
import { LazyExpressions } from './lazy-expressions.ts';
import { Session } from './session.ts';

/** Sends an event of the Debug Adapter Protocol. */
export type SendEvent = (event: string, body?: object) => void;

/** What the adapter knows, before a session and during it. */
export class DebugState {
  readonly paths = new CellPaths();
  readonly expressions = new LazyExpressions();
  readonly breakpoints: Breakpoints;
  readonly send: SendEvent;
  exceptions: ExceptionFilter | 'none' = 'none';
  /** Numbers of the client's first line and column. */
  firstLine = 1;
  firstColumn = 1;
  /** Whether the client is to be told the types of primitive values: see `shown`. */
  primitiveTypes = true;
  #session: Session | undefined;

  constructor(send: SendEvent) {
    this.send = send;
    this.breakpoints = new Breakpoints(this.paths, this.expressions, (breakpoint) =>
      send('breakpoint', { reason: 'changed', breakpoint: this.toClient(breakpoint) }),
    );
  }

  get attached(): Session | undefined {
    return this.#session;
  }

  /** @throws DebugError where no debugger is attached. */
  get session(): Session {
    if (this.#session === undefined) throw new DebugError('no debugger is attached');
    return this.#session;
  }

  /** Starts a session, if there is none. */
  async attach(): Promise<void> {
    if (this.#session !== undefined) return;
    const session = new Session(this);
    this.#session = session;
    try {
      await session.start();
    } catch (error) {
      this.#session = undefined;
      session.drop();
      throw error;
    }
  }

  /** Ends the session: what stands still goes on. */
  async detach(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.breakpoints.detach();
    this.exceptions = 'none';
    await session?.end();
  }

  /** The process ends, and waits for the session to end. */
  drop(): void {
    this.#session?.drop();
    this.#session = undefined;
  }

  /** A place of ours as the client counts. */
  toClient<T extends { line?: number; column?: number }>(place: T): T {
    return {
      ...place,
      ...(place.line !== undefined && { line: place.line - 1 + this.firstLine }),
      ...(place.column !== undefined && { column: place.column - 1 + this.firstColumn }),
    };
  }

  /** A place of the client's as we count. */
  fromClient(place: DebugProtocol.SourceBreakpoint): DebugProtocol.SourceBreakpoint {
    const line = place.line - this.firstLine + 1;
    return { ...place, line, ...(place.column !== undefined && { column: place.column - this.firstColumn + 1 }) };
  }
}
