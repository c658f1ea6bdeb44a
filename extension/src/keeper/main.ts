/**
 * The keeper: a process of the user's own that starts kernels and keeps them while windows come and go. Started by a window
 * with the path of the file that tells the others how to reach it, and the extension's version.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { detailsOf, type Log } from '../log.ts';
import { type KeeperAddress, removeKeeperFiles, writeKeeperFile } from './address.ts';
import { KeeperHost } from './host.ts';
import { listen } from './socket.ts';

/** Between looks whether its file is still there, in milliseconds: cleaners of temporary folders take old files. */
const FILE_MS = 60_000;

/** What of the first window's environment is the keeper's too. That of each kernel comes with the request to start it. */
const KEPT = /^(PATH|HOME|USERPROFILE|SystemRoot|TEMP|TMP|TMPDIR|JUPYTER_\w+|XDG_DATA_HOME|APPDATA|LOCALAPPDATA)$/i;

/** Its standard error is a file beside its own. */
const log: Log = {
  debug() {},
  info: (message) => write('info', message),
  warn: (message) => write('warn', message),
  error: (message) => write('error', message),
};

function write(level: string, message: string): void {
  process.stderr.write(`${new Date().toISOString()} [${level}] ${message}\n`);
}

/** Rejects if it cannot be reached; otherwise it goes on until it has nothing to do. */
async function keep(file: string, version: string, lingerMs: number): Promise<void> {
  let ending = false;
  const token = randomUUID();
  const host = new KeeperHost({ token, version, lingerMs, log, onIdle: () => void end() });
  const address: KeeperAddress = {
    pid: process.pid,
    socket: await listen(host.server, file),
    token,
    version,
    startedAt: new Date().toISOString(),
  };
  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    // First its file, so that no window comes any more.
    rmSync(file, { force: true });
    await host.stop();
    removeKeeperFiles(file, address.socket);
    process.exit(0);
  }

  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
  await writeKeeperFile(file, address);
  setInterval(() => {
    if (!ending && !existsSync(file)) writeKeeperFile(file, address).catch((error) => log.error(detailsOf(error)));
  }, FILE_MS).unref();
}

const [file, version, linger] = process.argv.slice(2);
if (file === undefined || version === undefined || linger === undefined) {
  throw new Error('Usage: keeper FILE VERSION LINGER_MS');
}
process.title = 'elara-keeper';
for (const name of Object.keys(process.env)) if (!KEPT.test(name)) delete process.env[name];
// The terminal or the server that the first window belonged to may go.
process.on('SIGHUP', () => undefined);
// Whoever read the first line has closed the pipe.
process.stdout.on('error', () => undefined);
// A defect in what is done for one kernel must not take the others' keeper.
process.on('uncaughtException', (error) => log.error(detailsOf(error)));
process.on('unhandledRejection', (reason) => log.error(detailsOf(reason)));
keep(file, version, Number(linger)).then(
  () => process.stdout.write('ready\n'),
  (error: unknown) => {
    log.error(detailsOf(error));
    process.exit(1);
  },
);
