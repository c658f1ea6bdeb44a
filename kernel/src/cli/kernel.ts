import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConnectionInfo,
  connectionFilePath,
  newConnectionInfo,
  type Transport,
  writeConnectionFile,
} from '@elara/protocol/connection';
import { dataDir } from '@elara/protocol/paths';
import { readStartupFile } from '@elara/protocol/registration';
import { type Level, makeLog } from '../server/log.ts';
import { createProcessWorker } from '../server/process-worker.ts';
import { startServer } from '../server/server.ts';
import { type Command, EXIT_FAILED, type Invocation, integerOption, parse, UsageError } from './invocation.ts';
import { isLanguage, type Language } from './own-kernelspec.ts';

const usage = `Usage: elara kernel [OPTIONS]

Starts a kernel and serves it until it is told to shut down. Without a connection file it writes one and says how to
attach to it.

  -f, --connection-file F    connection file to serve; written when it does not exist
      --ip ADDRESS           address to listen on (default: 127.0.0.1)
      --transport tcp|ipc    (default: tcp)
      --shell PORT, --iopub PORT, --stdin PORT, --control PORT, --hb PORT
                             ports (default: free ones)
      --worker SPEC          where the cells run, as a gateway spec (default: popen)
      --language NAME        typescript or javascript (default: typescript)
      --parent-pid PID       end when this process has ended (default: JPY_PARENT_PID)
      --history FILE         SQLite file of the history; 'none' keeps it in memory
      --names-2011           name iopub's messages as in 2011 (pyin, pyout, pyerr)
      --debug                log everything
`;

const PORTS = ['shell', 'iopub', 'stdin', 'control', 'hb'] as const;
const MAX_PORT = 65_535;
const MAX_PID = 2 ** 31 - 1;

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
  'parent-pid': { type: 'string' },
  history: { type: 'string' },
  'names-2011': { type: 'boolean' },
  debug: { type: 'boolean' },
} as const;

export const command: Command = { usage, run };

async function run({ args, env }: Invocation): Promise<number> {
  const { values } = parse(args, options, false);
  const log = makeLog((values.debug ? 'debug' : 'info') satisfies Level);
  const language = languageOption(values.language);
  const given = values['connection-file'];
  const parentPid = integerOption('parent-pid', values['parent-pid'] ?? env.JPY_PARENT_PID, 0, MAX_PID);
  const { info, announce, file, written } = await connection(given, {
    ...(values.ip !== undefined && { ip: values.ip }),
    ...(values.transport !== undefined && { transport: transportOption(values.transport) }),
    ...Object.fromEntries(
      PORTS.flatMap((name) => {
        const port = integerOption(name, values[name], 0, MAX_PORT);
        return port === undefined ? [] : [[`${name}_port`, port]];
      }),
    ),
  });
  const server = await startServer({
    connection: info,
    worker: (listener) =>
      createProcessWorker({
        folder: process.cwd(),
        listener,
        ...(values.worker !== undefined && { spec: values.worker }),
      }),
    log,
    language,
    ...(values.history !== 'none' && { historyFile: values.history ?? defaultHistoryFile() }),
    ...(parentPid !== undefined && parentPid > 1 && { parentPid }),
    ...(values['names-2011'] === true && { dialect2011: true }),
  });
  const removeFile = (): void => {
    if (written) rmSync(file, { force: true });
  };
  process.on('exit', removeFile);
  process.on('SIGINT', () => server.interrupt());
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void server.stop('signal'));
  if (written) {
    await writeConnectionFile(file, server.connection);
    process.stderr.write(`The kernel is running. Attach to it with one of
    elara console --existing ${file}
    jupyter console --existing ${file}
`);
  }
  await announce(server.connection);
  const end = await server.ended;
  if (end.error !== undefined) throw end.error;
  return end.reason === 'worker' ? EXIT_FAILED : 0;
}

interface Connection {
  readonly info: ConnectionInfo;
  readonly file: string;
  /** The file is ours: made here, removed at the end. */
  readonly written: boolean;
  /** Tells whoever started the kernel which ports it has. */
  readonly announce: (bound: ConnectionInfo) => Promise<void>;
}

async function connection(given: string | undefined, overrides: Partial<ConnectionInfo>): Promise<Connection> {
  const file = given ?? connectionFilePath(`${process.pid}`);
  const fresh: Connection = {
    info: newConnectionInfo(overrides),
    file,
    written: true,
    announce: async () => undefined,
  };
  if (given === undefined) return fresh;
  let startup: Awaited<ReturnType<typeof readStartupFile>>;
  try {
    startup = await readStartupFile(given);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_FILE_MISSING') return fresh;
    throw error;
  }
  if (startup.kind === 'connection') {
    return { ...fresh, info: { ...startup.info, ...overrides }, written: false };
  }
  const { registration_ip: ip, transport, key, signature_scheme } = startup.info;
  const { info: registration } = startup;
  return {
    info: newConnectionInfo({ ip, transport, key, signature_scheme, ...overrides }),
    file,
    written: false,
    announce: async (bound) => {
      const { registerKernel } = await import('@elara/protocol/handshake');
      await registerKernel(registration, bound);
    },
  };
}

function defaultHistoryFile(): string {
  const folder = join(dataDir(), 'elara');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, 'history.sqlite');
}

function languageOption(text: string | undefined): Language {
  if (text === undefined) return 'typescript';
  if (!isLanguage(text)) throw new UsageError(`--language takes typescript or javascript, not '${text}'.`);
  return text;
}

function transportOption(text: string): Transport {
  if (text !== 'tcp' && text !== 'ipc') throw new UsageError(`--transport takes tcp or ipc, not '${text}'.`);
  return text;
}
