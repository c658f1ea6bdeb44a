/** The line commands, and the functions of `elara` that do the same. Loaded when a cell first uses one. */
import type { CellCommands } from '../../language/index.ts';
import type { CheckMode } from '../../link.ts';
import type { ElaraParts } from '../elara.ts';
import { Looker } from '../live/looker.ts';
import { currentCell } from '../running-cell.ts';
import { type BenchOptions, BenchProgress, type BenchResult, bench, benchOptions } from './bench.ts';
import { WorkingFolder } from './cd.ts';
import { check } from './check.ts';
import { type EnvironmentListing, environment, envLine, listEnvironment } from './env.ts';
import { type Help, help } from './help.ts';
import { type HistoryListing, type HistoryOptions, history, historyArguments } from './history.ts';
import { loadArguments, loadText } from './load.ts';
import { mayReset, reset } from './reset.ts';
import { type SaveOptions, save, saveArguments } from './save.ts';
import { Timing } from './timing.ts';
import { type Who, who } from './who.ts';
import { quoted, unquoted } from './words.ts';

/** Members of `elara`. */
export interface CommandFunctions {
  time<T>(code: () => T): T | Promise<Awaited<T>>;
  bench(code: () => unknown, options?: BenchOptions): Promise<BenchResult>;
  who(pattern?: string): Who;
  load(source: string, ranges?: string): Promise<void>;
  save(file: string, options?: SaveOptions): Promise<string>;
  reset(): Promise<void>;
  cd(folder?: string): string;
  env(name?: string, value?: string | null): EnvironmentListing | string | undefined;
  check(mode?: CheckMode): Promise<CheckMode>;
  history(options?: HistoryOptions): Promise<HistoryListing>;
  help(command?: string): Help;
  npm(...words: string[]): Promise<void>;
}

export interface Commands {
  readonly functions: CommandFunctions;
  /** What the rewritten cells call. */
  readonly cell: CellCommands;
  /** Says at the end of a cell that began with `%%time` how long it took. */
  timeCell(): () => void;
}

export function createCommands(parts: ElaraParts): Commands {
  const { output, display, input, modules, executor, server, packages } = parts;
  const timing = new Timing(output);
  const folder = new WorkingFolder(modules);
  const print = (text: string): void => output.write('stdout', `${text}\n`);
  let looker: Looker | undefined;

  const functions: CommandFunctions = {
    time: (code) => timing.timed(timing.timer(), code()),
    async bench(code, options = {}) {
      const progress = new BenchProgress(display);
      try {
        return await bench(code, options, progress);
      } finally {
        progress.end();
      }
    },
    who: (pattern = '') => {
      looker ??= new Looker(new Map(), executor.forgotten);
      return who(looker, pattern);
    },
    async load(source, ranges = '') {
      const text = `// %load ${[source, ranges].join(' ').trim()}\n${await loadText(source, ranges)}`;
      currentCell()?.payload.push({ source: 'set_next_input', text, replace: true });
    },
    save: async (file, options = {}) => (await save(server, file, options)).path,
    async reset() {
      await reset(executor, server);
    },
    cd: (to) => folder.change(to),
    env: (name, value) => (name === undefined ? listEnvironment() : environment(name, value)),
    check: (mode) => check(server, mode),
    history: (options = {}) => history(server, options),
    help: (command = '') => help(command),
    npm: (...words) => packages.npm(words.map(quoted).join(' ')),
  };

  const texts: Readonly<Record<string, (rest: string) => void | Promise<void>>> = {
    '': () => void display.display(help()),
    help: (rest) => void display.display(help(rest)),
    who: (rest) => void display.display(functions.who(rest)),
    load(rest) {
      const { source, ranges } = loadArguments(rest);
      return functions.load(source, ranges);
    },
    async save(rest) {
      const { file, ...options } = saveArguments(rest);
      const { path, saved } = await save(server, file, options);
      print(`${saved} ${saved === 1 ? 'cell' : 'cells'} saved in ${path}`);
    },
    async reset(rest) {
      if (!(await mayReset(rest, input))) return print('Nothing was forgotten.');
      await reset(executor, server);
    },
    cd: (rest) => print(folder.change(unquoted(rest))),
    env: (rest) => print(envLine(rest)),
    npm: (rest) => packages.npm(rest),
    async check(rest) {
      print(`Type errors in cells: ${await check(server, rest)}`);
    },
    async history(rest) {
      const { numbered, ...options } = historyArguments(rest);
      print((await history(server, options)).text(numbered));
    },
  };

  const cell: CellCommands = {
    async run(name, rest) {
      await texts[name]?.(rest);
    },
    async ask(name) {
      currentCell()?.payload.push({ source: 'page', data: help(name).data, start: 0 });
    },
    async bench(options, code) {
      const progress = new BenchProgress(display);
      progress.show(String(await bench(code, benchOptions(options), progress)));
    },
    timer: () => timing.timer(),
    timed: (timer, value) => timing.timed(timer, value),
    begin: (id) => timing.begin(id),
    end: (id) => timing.end(id),
  };

  return {
    functions,
    cell,
    timeCell() {
      const timer = timing.timer();
      return () => timing.report(timer);
    },
  };
}
