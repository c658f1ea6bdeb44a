/**
 * The keeper: a process of the user's own that starts kernels and keeps them while windows come and go. Started by a window
 * with the path of the file that tells the others how to reach it, and the extension's version.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import type { Log } from '../log.ts';
import { newSocket, writeKeeperFile } from './address.ts';
import { KeeperHost } from './host.ts';

/** Between looks whether its file is still there, in milliseconds: cleaners of temporary folders take old files. */
const FILE_MS = 60_000;

const [file, version, linger] = process.argv.slice(2);
if (file === undefined || version === undefined || linger === undefined) {
  throw new Error('Usage: keeper FILE VERSION LINGER_MS');
}
process.title = 'elara-keeper';

const log: Log = {
  debug() {},
  info: (message) => write('info', message),
  warn: (message) => write('warn', message),
  error: (message) => write('error', message),
};

const address = {
  pid: process.pid,
  socket: newSocket(file),
  token: randomUUID(),
  version,
  startedAt: new Date().toISOString(),
};
const host = new KeeperHost({ ...address, lingerMs: Number(linger), log, onIdle: () => void end() });
// It is not known yet to anyone, so there is nothing to be answered before it is written.
host.server.listen(address.socket, async () => {
  await writeKeeperFile(file, address);
  process.stdout.write('ready\n');
});
setInterval(() => {
  if (!existsSync(file)) void writeKeeperFile(file, address).catch((error: unknown) => log.error(String(error)));
}, FILE_MS).unref();

// The environment of each kernel comes with the request to start it.
for (const name of Object.keys(process.env)) {
  if (
    !/^(PATH|HOME|USERPROFILE|SystemRoot|TEMP|TMP|TMPDIR|JUPYTER_\w+|XDG_DATA_HOME|APPDATA|LOCALAPPDATA)$/i.test(name)
  ) {
    delete process.env[name];
  }
}

// The terminal or the server that the first window belonged to may go.
process.on('SIGHUP', () => undefined);
process.once('SIGTERM', () => void end());
process.once('SIGINT', () => void end());
// Whoever read the first line has closed the pipe.
process.stdout.on('error', () => undefined);
process.on('unhandledRejection', (reason) =>
  log.error(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  // First its file, so that no window comes any more.
  if (file !== undefined) rmSync(file, { force: true });
  await host.stop();
  if (process.platform !== 'win32') rmSync(address.socket, { force: true });
  process.exit(0);
}

function write(level: string, message: string): void {
  process.stderr.write(`${new Date().toISOString()} [${level}] ${message}\n`);
}
