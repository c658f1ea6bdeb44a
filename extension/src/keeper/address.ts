/** How windows find the keepers that run: each has a file of its own in Jupyter's runtime folder. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Fields, parseFile } from '@elara/protocol/fields';
import { runtimeDir } from '@elara/protocol/paths';
import { readPrivateFile, writePrivateFile } from '@elara/protocol/private-file';
import { INTERFACE_VERSION } from './messages.ts';
import { removeSocket } from './socket.ts';

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

/**
 * The machine or the container that this is. Several may have one home, and with it one runtime folder: a keeper of another
 * one cannot be reached, which does not make it a dead one. macOS names itself anew in each network.
 */
const HERE = process.platform === 'darwin' ? 'mac' : hostname();

export function newKeeperFile(host = HERE): string {
  return join(runtimeDir(), `${prefix(host)}${randomUUID()}.json`);
}

/** Files of the keepers of this machine that speak our version; some may be dead. */
export async function keeperFiles(host = HERE): Promise<string[]> {
  const folder = runtimeDir();
  const start = prefix(host);
  const isKeepers = (name: string): boolean =>
    name.startsWith(start) && /^[0-9a-f-]{36}\.json$/.test(name.slice(start.length));
  try {
    return (await readdir(folder)).filter(isKeepers).map((name) => join(folder, name));
  } catch {
    // The runtime folder is made by the first kernel.
    return [];
  }
}

function prefix(host: string): string {
  return `elara-keeper-${INTERFACE_VERSION}-${host.replaceAll(/[^\w.-]/g, '_')}-`;
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
  if (socket !== undefined) removeSocket(socket);
}
