import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { registerKernel } from '@elara/protocol/handshake';
import { dataDir } from '@elara/protocol/paths';
import { makeLog } from '../server/log.ts';
import { createProcessWorker } from '../server/process-worker.ts';
import { startServer } from '../server/server.ts';
import { optimiseEarly } from '../tiering.ts';
import { checkOption } from './check-option.ts';
import { type Command, EXIT_FAILED, type Invocation, integerOption, parse, UsageError } from './invocation.ts';
import { announce, prepareConnection } from './kernel-connection.ts';
import { isLanguage } from './language.ts';
import { abortOnSignals } from './signals.ts';

const usage = `Usage: elara kernel [OPTIONS]

Starts a kernel and stays with it until it is shut down. Frontends start it by its kernelspec ('elara install'); started
by hand, it makes a connection file, prints how to attach and ends at Ctrl-C.

  -f, --connection-file FILE  the connection file, or a registration file (JEP 66). One that does not exist is made
  --ip ADDRESS                where to listen (default 127.0.0.1); for ipc the path that the sockets' names begin with
  --transport tcp|ipc         default tcp
  --shell, --iopub, --stdin, --control, --hb PORT
                              default: free ones
  --worker SPEC               where the code runs, as a gateway's spec string, such as
                              popen//node=/path/to/node//env:NAME=value (default: popen)
  --language LANGUAGE         typescript (the default) or javascript: what the kernel says it is. It runs both
  --check error|warn|off      what a cell with type errors does: not run, run and show them (the default), or run
                              unchecked; JavaScript is never checked
  --parent-pid PID            end when that process ends. Default: the environment's JPY_PARENT_PID
  --history FILE              the SQLite file of the history; 'none' keeps it in memory
  --names-2011                name the messages on iopub as in 2011: pyin, pyout, pyerr
  --debug                     log more, on stderr
`;

const options = {
  'connection-file': { type: 'string', short: 'f' },
  ip: { type: 'string' },
  transport: { type: 'string' },
  shell: { type: 'string' },
  iopub: { type: 'string' },
  stdin: { type: 'string' },
  control: { type: 'string' },
  hb: { type: 'string' },
  worker: { type: 'string' },
  language: { type: 'string' },
  check: { type: 'string' },
  'parent-pid': { type: 'string' },
  history: { type: 'string' },
  'names-2011': { type: 'boolean' },
  debug: { type: 'boolean' },
} as const;

const LARGEST_PORT = 65_535;

async function run({ args, env }: Invocation): Promise<number> {
  const { values } = parse(args, options, false);
  const { transport, language = 'typescript' } = values;
  if (transport !== undefined && transport !== 'tcp' && transport !== 'ipc') {
    throw new UsageError(`--transport is tcp or ipc, not '${transport}'.`);
  }
  if (!isLanguage(language)) throw new UsageError(`--language is typescript or javascript, not '${language}'.`);
  const check = checkOption(values.check);
  const port = (name: 'shell' | 'iopub' | 'stdin' | 'control' | 'hb') =>
    integerOption(name, values[name], 0, LARGEST_PORT) ?? 0;
  const parentPid = integerOption('parent-pid', values['parent-pid'], 1, 2 ** 32 - 1) ?? parentOf(env);
  const log = makeLog(values.debug ? 'debug' : 'warn');
  const prepared = await prepareConnection(
    values['connection-file'],
    {
      transport: transport ?? 'tcp',
      ...(values.ip !== undefined && { ip: values.ip }),
      ports: {
        shell_port: port('shell'),
        iopub_port: port('iopub'),
        stdin_port: port('stdin'),
        control_port: port('control'),
        hb_port: port('hb'),
      },
    },
    (error) => log.warn(error.message),
  );
  optimiseEarly();
  await using server = await startServer({
    connection: prepared.info,
    worker: (listener) =>
      createProcessWorker({
        folder: process.cwd(),
        listener,
        ...(values.worker !== undefined && { spec: values.worker }),
      }),
    log,
    language,
    types: { folder: process.cwd(), javascript: language === 'javascript', ...(check !== undefined && { check }) },
    // For someone at a terminal Ctrl-C ends the kernel; frontends may interrupt by it.
    signals: !prepared.byHand,
    ...(parentPid !== undefined && { parentPid }),
    ...(values.history !== 'none' && { historyFile: values.history ?? defaultHistoryFile() }),
    dialect2011: values['names-2011'] ?? false,
  });
  using ending = prepared.byHand ? abortOnSignals() : undefined;
  ending?.signal.addEventListener('abort', () => void server.stop('signal'));
  using _file = await announce(prepared, server.connection);
  if (prepared.registration) await registerKernel(prepared.registration, server.connection);
  const { error } = await server.ended;
  if (error === undefined) return 0;
  process.stderr.write(`elara kernel: ${error.message}\n`);
  return EXIT_FAILED;
}

function defaultHistoryFile(): string {
  const folder = join(dataDir(), 'elara');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, 'history.sqlite');
}

/** The launcher, if its environment asks for being watched. On Windows the value is no process id, but a handle. */
function parentOf(env: Readonly<Record<string, string | undefined>>): number | undefined {
  const value = env.JPY_PARENT_PID;
  if (value === undefined || !/^[1-9]\d*$/.test(value)) return undefined;
  return process.platform === 'win32' ? process.ppid : Number(value);
}

export const command: Command = { usage, run };
