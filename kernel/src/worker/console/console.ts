/** The `console` of the cells. */
import { Console as NodeConsole } from 'node:console';
import { inspect, types } from 'node:util';
import type { Publisher } from '../publisher.ts';
import { formatLine } from './format.ts';
import { userFrames } from './frames.ts';
import { createStream } from './stream.ts';
import { tableOf } from './table.ts';

export interface ConsoleOptions {
  /** Where text goes; by default streams of the publisher. What replaces their `write` sees what the console prints. */
  readonly stdout?: NodeJS.WritableStream;
  readonly stderr?: NodeJS.WritableStream;
  /** The stack that `trace` prints, made from V8's; by default the user's frames. */
  readonly stack?: (stack: string) => string;
}

/** Methods that Node gives to its global console only. */
const GLOBAL_ONLY = ['profile', 'profileEnd', 'timeStamp', 'context', 'createTask'];

const GROUP_INDENT = 2;

/**
 * A console with all that Node's has. `log` and its kind take a fast way; `table` displays an HTML table; `clear` clears
 * the output of the cell; `count`, `time` and `assert` are Node's own, on top of these.
 * Its methods need no `this`.
 */
export function createConsole(publisher: Publisher, options: ConsoleOptions = {}): Console {
  const stdout = options.stdout ?? createStream(publisher, 'stdout', 1);
  const stderr = options.stderr ?? createStream(publisher, 'stderr', 2);
  const stackText = options.stack ?? userFrames;
  const base = new NodeConsole({ stdout, stderr, ignoreErrors: false });
  let indent = '';

  function print(stream: NodeJS.WritableStream, text: string): void {
    stream.write(indent === '' ? `${text}\n` : `${indent}${text.replaceAll('\n', `\n${indent}`)}\n`);
  }
  const log = (...args: unknown[]): void => print(stdout, formatLine(args));
  const error = (...args: unknown[]): void => print(stderr, formatLine(args));
  const group = (...label: unknown[]): void => {
    if (label.length > 0) log(...label);
    indent += ' '.repeat(GROUP_INDENT);
  };
  const nodeTable = base.table;

  const methods: Partial<Console> = {
    log,
    info: log,
    debug: log,
    dirxml: log,
    error,
    warn: error,
    dir(item, how) {
      print(stdout, inspect(item, { customInspect: false, ...how }));
    },
    group,
    groupCollapsed: group,
    groupEnd() {
      indent = indent.slice(GROUP_INDENT);
    },
    trace(...args) {
      const trace = { name: 'Trace', message: formatLine(args), stack: '' };
      Error.captureStackTrace(trace, methods.trace);
      error(stackText(trace.stack));
    },
    table(data, properties) {
      // Primitives, wrong arguments and iterators, which only Node can look into unused, are Node's.
      if (!isTabular(data) || (properties !== undefined && !Array.isArray(properties))) {
        return nodeTable(data, properties);
      }
      publisher.publish('display_data', { data: { ...tableOf(data, properties) }, metadata: {}, transient: {} });
    },
    clear() {
      publisher.publish('clear_output', { wait: false });
    },
  };
  Object.assign(base, methods);
  for (const name of GLOBAL_ONLY) {
    const property = Object.getOwnPropertyDescriptor(globalThis.console, name);
    if (property !== undefined) Object.defineProperty(base, name, property);
  }
  return Object.defineProperty(base, 'Console', { value: NodeConsole, writable: true, configurable: true });
}

function isTabular(data: unknown): data is object {
  return typeof data === 'object' && data !== null && !types.isMapIterator(data) && !types.isSetIterator(data);
}

/**
 * Puts a console's methods into Node's own object, which is `globalThis.console` and what `import 'node:console'` gives,
 * so that whoever took hold of it earlier prints by them too.
 */
export function installConsole(made: Console, target: Console = globalThis.console): void {
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(made))) {
    Object.defineProperty(target, name, { ...property, configurable: true });
  }
}
