import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../log.ts';

/** Paths of sockets are that long at most on macOS; 108 on Linux. */
const LONGEST = 103;

/** Of folders that are made for one socket. */
const OWN_FOLDER = 'elara-keeper-';

/**
 * Lets a keeper's server listen: at a pipe on Windows, elsewhere at a socket beside the keeper's file, or in a temporary
 * folder where that path is too long or its file system has no sockets, as those that containers share with their host.
 * @returns the socket's path, or the pipe's name
 */
export async function listen(server: Server, keeperFile: string): Promise<string> {
  if (process.platform === 'win32') return await listenAt(server, `\\\\.\\pipe\\elara-keeper-${randomUUID()}`);
  const beside = join(dirname(keeperFile), `elara-keeper-${randomUUID().slice(0, 8)}.sock`);
  let failure = 'its path is too long';
  if (beside.length <= LONGEST) {
    try {
      return await listenAt(server, beside);
    } catch (error) {
      failure = messageOf(error);
    }
  }
  const socket = join(mkdtempSync(join(tmpdir(), OWN_FOLDER)), 'socket');
  try {
    return await listenAt(server, socket);
  } catch (error) {
    removeSocket(socket);
    throw new Error(`No socket can be made, neither at ${beside} (${failure}) nor at ${socket} (${messageOf(error)}).`);
  }
}

/** Removes what {@link listen} has made, or nothing where it is gone. */
export function removeSocket(socket: string): void {
  // Pipes are no files.
  if (process.platform === 'win32') return;
  rmSync(socket, { force: true });
  if (!basename(dirname(socket)).startsWith(OWN_FOLDER)) return;
  try {
    rmdirSync(dirname(socket));
  } catch {
    // It is gone, or somebody has put something there.
  }
}

async function listenAt(server: Server, socket: string): Promise<string> {
  await once(server.listen(socket), 'listening');
  return socket;
}
