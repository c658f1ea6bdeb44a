/** How windows find the keepers that run: each has a file of its own in Jupyter's runtime folder. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Fields, parseFile } from '@elara/protocol/fields';
import { runtimeDir } from '@elara/protocol/paths';
import { readPrivateFile, writePrivateFile } from '@elara/protocol/private-file';
import { INTERFACE_VERSION } from './messages.ts';

/** Paths of sockets are that long at most on macOS; 108 on Linux. */
const LONGEST_SOCKET = 103;

export interface KeeperAddress {
  /** Of its process. */
  readonly pid: number;
  /** Path of a socket, or name of a pipe. */
  readonly socket: string;
  /** Shows that who connects can read this file. */
  readonly token: string;
  /** Of the extension that it came with. */
  readonly version: string;
  /** In ISO's form. */
  readonly startedAt: string;
}

const WHAT = "file of Elara's keeper";

export function newKeeperFile(): string {
  return join(runtimeDir(), `elara-keeper-${INTERFACE_VERSION}-${randomUUID()}.json`);
}

/** Files of the keepers that speak our version; some may be dead. */
export async function keeperFiles(): Promise<string[]> {
  const folder = runtimeDir();
  const pattern = new RegExp(`^elara-keeper-${INTERFACE_VERSION}-[0-9a-f-]+\\.json$`);
  try {
    return (await readdir(folder)).filter((name) => pattern.test(name)).map((name) => join(folder, name));
  } catch {
    // The runtime folder is made by the first kernel.
    return [];
  }
}

/** @throws ProtocolError */
export async function readKeeperFile(file: string): Promise<KeeperAddress> {
  const fields: Fields = parseFile(await readPrivateFile(file, WHAT), file, WHAT);
  return {
    pid: Number(fields.string('pid')),
    socket: fields.string('socket'),
    token: fields.string('token'),
    version: fields.string('version'),
    startedAt: fields.string('startedAt'),
  };
}

/** @throws ProtocolError */
export function writeKeeperFile(file: string, address: KeeperAddress): Promise<void> {
  return writePrivateFile(file, `${JSON.stringify({ ...address, pid: String(address.pid) })}\n`, WHAT);
}

/** What a keeper has to say. */
export function keeperLog(file: string): string {
  return file.replace(/\.json$/, '.log');
}

/** What a keeper leaves, or has left when it was killed. */
export function removeKeeperFiles(file: string, socket: string | undefined): void {
  rmSync(file, { force: true });
  rmSync(keeperLog(file), { force: true });
  // Pipes of Windows are no files.
  if (socket !== undefined && process.platform !== 'win32') rmSync(socket, { force: true });
}

/** Where a keeper listens. */
export function newSocket(keeperFile: string): string {
  const name = randomUUID();
  if (process.platform === 'win32') return `\\\\.\\pipe\\elara-keeper-${name}`;
  const beside = join(dirname(keeperFile), `elara-keeper-${name.slice(0, 8)}.sock`);
  return beside.length <= LONGEST_SOCKET ? beside : join(mkdtempSync(join(tmpdir(), 'elara-')), 'keeper.sock');
}
