/** Connection files and the addresses in them. Spec: "Wire". */
import { randomUUID } from 'node:crypto';
import type { ChannelName } from './channel.ts';
import { type Fields, parseFile } from './fields.ts';
import { type ReadOptions, readPrivateFile, writePrivateFile } from './private-file.ts';

export { connectionFilePath, runtimeDir } from './paths.ts';

export type Transport = 'tcp' | 'ipc';

/** The ports of a kernel; for ipc the numbers that the endpoints' names end in. 0: chosen by whoever binds. */
export type ChannelPorts = { [Name in ChannelName as `${Name}_port`]: number };

/** How to reach a kernel: the content of its connection file. */
export interface ConnectionInfo extends ChannelPorts {
  transport: Transport;
  /** Address to bind or connect to; for ipc the path that the endpoints' names begin with. */
  ip: string;
  /** Empty: messages are not signed. */
  key: string;
  signature_scheme: string;
  kernel_name?: string;
  /** CURVE keys of the kernel's sockets, Z85. Both or neither. */
  curve_publickey?: string;
  curve_secretkey?: string;
}

export const CHANNELS: readonly ChannelName[] = ['shell', 'iopub', 'stdin', 'control', 'hb'];

export const DEFAULT_SIGNATURE_SCHEME = 'hmac-sha256';

/** Characters of a CURVE key in Z85. */
const Z85_KEY_LENGTH = 40;

/** A connection with a key of its own, and 0 for every port that is not given. */
export function newConnectionInfo(given: Partial<ConnectionInfo> = {}): ConnectionInfo {
  return {
    transport: 'tcp',
    ip: '127.0.0.1',
    shell_port: 0,
    iopub_port: 0,
    stdin_port: 0,
    control_port: 0,
    hb_port: 0,
    key: randomUUID(),
    signature_scheme: DEFAULT_SIGNATURE_SCHEME,
    ...given,
  };
}

/** The ZeroMQ endpoint of a channel: `tcp://127.0.0.1:5555`, or `ipc:///run/kernel-ipc-1` as Jupyter names them. */
export function endpoint(info: ConnectionInfo, channel: ChannelName): string {
  return endpointAt(info.transport, info.ip, info[`${channel}_port`]);
}

/** As `endpoint`, for an address of any role. */
export function endpointAt(transport: Transport, ip: string, port: number): string {
  if (transport === 'ipc') return `ipc://${ip}-${port}`;
  return ip.includes(':') && !ip.startsWith('[') ? `tcp://[${ip}]:${port}` : `tcp://${ip}:${port}`;
}

/** The port in an endpoint that was bound, such as `tcp://127.0.0.1:5555` or `ipc:///run/kernel-ipc-1`. */
export function portOf(endpoint: string): number {
  const [, digits] = /[:-](\d+)$/.exec(endpoint) ?? [];
  if (digits === undefined) throw new TypeError(`endpoint ${endpoint} does not end in a port`);
  return Number(digits);
}

/**
 * Reads a connection file and checks it.
 * @throws ProtocolError ERR_FILE_MISSING, ERR_FILE_UNREADABLE, ERR_FILE_PERMISSIONS, ERR_FILE_INVALID
 */
export async function readConnectionFile(file: string, options: ReadOptions = {}): Promise<ConnectionInfo> {
  const what = 'connection file';
  return connectionFrom(parseFile(await readPrivateFile(file, what, options), file, what));
}

/**
 * Writes a connection file: mode 0600, in one step, its folder made if need be. Whoever wrote it removes it.
 * @throws ProtocolError ERR_FILE_UNREADABLE, ERR_FILE_PERMISSIONS
 */
export function writeConnectionFile(file: string, info: ConnectionInfo): Promise<void> {
  return writePrivateFile(file, `${JSON.stringify(info, null, 2)}\n`, 'connection file');
}

/** @throws ProtocolError ERR_FILE_INVALID */
export function connectionFrom(fields: Fields): ConnectionInfo {
  const info: ConnectionInfo = {
    transport: fields.transport(),
    ip: fields.string('ip'),
    ...portsFrom(fields),
    key: fields.string('key'),
    signature_scheme: fields.string('signature_scheme', DEFAULT_SIGNATURE_SCHEME),
  };
  if (fields.has('kernel_name')) info.kernel_name = fields.string('kernel_name');
  if (fields.has('curve_publickey') || fields.has('curve_secretkey')) {
    info.curve_publickey = fields.string('curve_publickey');
    info.curve_secretkey = fields.string('curve_secretkey');
    if (info.curve_publickey.length !== Z85_KEY_LENGTH || info.curve_secretkey.length !== Z85_KEY_LENGTH) {
      throw fields.invalid(`has CURVE keys that are not ${Z85_KEY_LENGTH} characters of Z85`);
    }
  }
  return info;
}

/** @throws ProtocolError ERR_FILE_INVALID */
export function portsFrom(fields: Fields): ChannelPorts {
  return {
    shell_port: fields.port('shell_port'),
    iopub_port: fields.port('iopub_port'),
    stdin_port: fields.port('stdin_port'),
    control_port: fields.port('control_port'),
    hb_port: fields.port('hb_port'),
  };
}
