import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import {
  CHANNELS,
  type ChannelPorts,
  type ConnectionInfo,
  connectionFilePath,
  newConnectionInfo,
  type Transport,
  writeConnectionFile,
} from '@elara/protocol/connection';
import type { ProtocolError } from '@elara/protocol/errors';
import { type RegistrationInfo, readStartupFile } from '@elara/protocol/registration';
import { UsageError } from './invocation.ts';

/** What the options of the command line say. */
export interface ConnectionOptions {
  readonly transport: Transport;
  readonly ip?: string;
  /** 0: a free one. */
  readonly ports: ChannelPorts;
}

/** How the kernel is going to be reached. */
export interface PreparedConnection {
  readonly info: ConnectionInfo;
  /** The connection file; undefined for a kernel that registers (JEP 66). */
  readonly file: string | undefined;
  /** True if the file did not exist: it is made, announced and removed here. */
  readonly byHand: boolean;
  readonly registration: RegistrationInfo | undefined;
}

/**
 * Reads the file that the kernel was started with, or makes up a connection for one that does not exist yet.
 * @param onTooOpen Told when others than the owner can read the file. Some launchers write it so: it is used all the same.
 * @throws ProtocolError for the file; UsageError
 */
export async function prepareConnection(
  named: string | undefined,
  { transport, ip, ports }: ConnectionOptions,
  onTooOpen: (error: ProtocolError) => void,
): Promise<PreparedConnection> {
  if (named !== undefined && existsSync(named)) {
    const startup = await readStartupFile(named, { onTooOpen });
    if (startup.kind === 'connection') {
      return { info: withPorts(startup.info, ports), file: named, byHand: false, registration: undefined };
    }
    const { transport, registration_ip, key, signature_scheme, kernel_id } = startup.info;
    const address = transport === 'ipc' ? `${registration_ip}-${kernel_id}` : registration_ip;
    const info = newConnectionInfo({ transport, ip: address, key, signature_scheme, ...ports });
    return { info, file: undefined, byHand: false, registration: startup.info };
  }
  const file = named ?? connectionFilePath(randomUUID());
  if (transport === 'ipc' && process.platform === 'win32') throw new UsageError('--transport ipc: not on Windows.');
  // The name that Jupyter gives them, beside the file.
  const address = ip ?? (transport === 'ipc' ? `${resolve(file).replace(/\.json$/, '')}-ipc` : '127.0.0.1');
  // Sockets of ipc are files, and bound before the connection file is written.
  if (transport === 'ipc') await mkdir(dirname(address), { recursive: true, mode: 0o700 });
  const info = newConnectionInfo({ transport, ip: address, ...ports });
  return { info, file, byHand: true, registration: undefined };
}

/**
 * Writes the connection file if there is something new in it, and says how to attach if it is a new one. Disposing of
 * what is returned removes the file that was made.
 * @throws ProtocolError
 */
export async function announce({ info, file, byHand }: PreparedConnection, bound: ConnectionInfo): Promise<Disposable> {
  if (file === undefined) return { [Symbol.dispose]: () => undefined };
  const changed = CHANNELS.some((channel) => info[`${channel}_port`] !== bound[`${channel}_port`]);
  if (byHand || changed) await writeConnectionFile(file, bound);
  if (!byHand) return { [Symbol.dispose]: () => undefined };
  const shown =
    file === connectionFilePath(basename(file).slice('kernel-'.length, -'.json'.length)) ? basename(file) : file;
  process.stdout.write(`Kernel started. To attach:
  elara console --existing ${quoted(shown)}
  jupyter console --existing ${quoted(shown)}
Connection file: ${file}
`);
  const remove = (): void => rmSync(file, { force: true });
  process.once('exit', remove);
  return {
    [Symbol.dispose]: () => {
      process.off('exit', remove);
      remove();
    },
  };
}

/** The file's connection, with the options' ports where the file leaves them open. */
function withPorts(info: ConnectionInfo, ports: ChannelPorts): ConnectionInfo {
  const complete = { ...info };
  for (const channel of CHANNELS) complete[`${channel}_port`] ||= ports[`${channel}_port`];
  return complete;
}

function quoted(file: string): string {
  return /\s/.test(file) ? `"${file}"` : file;
}
