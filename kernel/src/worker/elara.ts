import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import type { Commands } from './commands/index.ts';
import type { JupyterComms } from './comms/index.ts';
import type { DisplayGlobals } from './display/index.ts';
import type { Executor } from './executor.ts';
import type { Input } from './input.ts';
import type { Modules } from './modules.ts';
import type { Output } from './output.ts';
import type { LazyPackages } from './packages/lazy.ts';
import type { ServerQuestions } from './server-questions.ts';
import type { Variables } from './variables/index.ts';

/** What members of `elara` are made from. */
export interface ElaraParts {
  readonly output: Output;
  readonly comms: JupyterComms;
  readonly display: DisplayGlobals;
  readonly input: Input;
  readonly modules: Modules;
  readonly executor: Executor;
  readonly server: ServerQuestions;
  readonly packages: LazyPackages;
  readonly variables: () => Variables;
}

/**
 * The members of `elara`, each made when it is first read. What is heavy is a room of its own, loaded by `loadRoom`: a
 * folder beside this file with an `index.ts`, and an entry point of scripts/build.ts of the same name.
 */
const MEMBERS: Readonly<Record<string, (parts: ElaraParts) => unknown>> = {
  time: (parts) => commandsOf(parts).functions.time,
  bench: (parts) => commandsOf(parts).functions.bench,
  who: (parts) => commandsOf(parts).functions.who,
  load: (parts) => commandsOf(parts).functions.load,
  save: (parts) => commandsOf(parts).functions.save,
  reset: (parts) => commandsOf(parts).functions.reset,
  cd: (parts) => commandsOf(parts).functions.cd,
  env: (parts) => commandsOf(parts).functions.env,
  npm: (parts) => commandsOf(parts).functions.npm,
  check: (parts) => commandsOf(parts).functions.check,
  history: (parts) => commandsOf(parts).functions.history,
  help: (parts) => commandsOf(parts).functions.help,
  widgets: (parts) => widgetsOf(parts),
  variables:
    ({ variables }) =>
    () =>
      variables().rows(),
};

const commands = new WeakMap<ElaraParts, Commands>();

/** The line commands, loaded by the first that is called. */
export function commandsOf(parts: ElaraParts): Commands {
  let made = commands.get(parts);
  if (made === undefined) {
    made = loadRoom<typeof import('./commands/index.ts')>('commands').createCommands(parts);
    commands.set(parts, made);
  }
  return made;
}

function widgetsOf({ comms, display, executor, output }: ElaraParts): unknown {
  const room = loadRoom<typeof import('./widgets/index.ts')>('widgets');
  const { widgets, flush } = room.createWidgets({
    comms,
    report: (error) => executor.report(error),
    display: display.display,
  });
  output.before = flush;
  return widgets;
}

/** Installs the global `elara`. */
export function installElara(parts: ElaraParts): void {
  const elara = {};
  for (const [name, make] of Object.entries(MEMBERS)) {
    const define = (value: unknown): void => {
      Object.defineProperty(elara, name, { value, writable: true, configurable: true, enumerable: true });
    };
    Object.defineProperty(elara, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = make(parts);
        define(value);
        return value;
      },
      set: define,
    });
  }
  const text = `elara { ${Object.keys(MEMBERS).join(', ')} }`;
  Object.defineProperty(elara, inspect.custom, { value: () => text });
  Object.defineProperty(parts.modules.helper, 'commands', { get: () => commandsOf(parts).cell });
  Object.defineProperty(globalThis, 'elara', { value: elara, writable: true, configurable: true, enumerable: false });
}

const require = createRequire(import.meta.url);

/** A room of the worker's that is loaded when it is needed, without waiting: sources in development, a bundle in production. */
export function loadRoom<Room>(name: string): Room {
  return require(import.meta.url.endsWith('.ts') ? `./${name}/index.ts` : `./${name}.js`) as Room;
}
