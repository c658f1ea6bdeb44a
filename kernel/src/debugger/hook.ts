/** What the worker's main thread has of the debugger before one is attached: nearly nothing. */
import { createRequire } from 'node:module';
import { follow } from '../worker/follow.ts';
import type { RememberedCells } from '../worker/remembered-cells.ts';
import type { DebugAgent } from './agent/agent.ts';

/** The global by which the adapter, which reaches this thread by the inspector alone, gets its agent here. */
export const AGENT = '__elaraDebugAgent';

/** The global by which the main thread says that the process ends. */
export const LEAVE = '__elaraDebugLeave';

/** Whether a debugger is attached. Set by the agent. */
export const debugging = { attached: false };

/** V8 stops at the begin of a script with a source map, before anything of it runs, if the adapter asks it to. */
const STOPS_BEFORE = '\n//# sourceMappingURL=elara:cell';

const require = createRequire(import.meta.url);

export function installDebugHook(cells: RememberedCells): void {
  const runtime = Object.keys(globalThis);
  let agent: DebugAgent | undefined;
  Object.defineProperty(globalThis, AGENT, {
    value(): DebugAgent {
      agent ??= load(cells, runtime);
      return agent;
    },
  });
}

/** Without waiting: the main thread may be stopped in the middle of a cell. */
function load(cells: RememberedCells, runtime: readonly string[]): DebugAgent {
  const room = import.meta.url.endsWith('.ts') ? './agent/agent.ts' : './debug-agent.js';
  return (require(room) as typeof import('./agent/agent.ts')).createDebugAgent(cells, runtime);
}

/** The script of a cell as it is evaluated now. */
export function stoppable(script: string): string {
  return debugging.attached ? script + STOPS_BEFORE : script;
}

/**
 * V8's inspector handles the promise of each script that it evaluates. A debugger would think that no error of a cell is
 * uncaught, if there were not a second way for it to go, which ends in nothing.
 */
export function leaveUncaught(script: Promise<unknown>): void {
  if (!debugging.attached) return;
  const nowhere = { promise: new Promise<unknown>(() => {}), resolve: () => {}, reject: () => {} };
  void follow(script, nowhere);
}
