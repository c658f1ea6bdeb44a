/** Registration files (JEP 66): what a kernel is started with that chooses its own ports. Spec: "Wire". */
import { type ConnectionInfo, connectionFrom, DEFAULT_SIGNATURE_SCHEME, type Transport } from './connection.ts';
import { type Fields, parseFile } from './fields.ts';
import { type ReadOptions, readPrivateFile, writePrivateFile } from './private-file.ts';

/** The content of a registration file. */
export interface RegistrationInfo {
  kernel_id: string;
  transport: Transport;
  /** Where the registration service listens. The kernel binds its channels at the same address. */
  registration_ip: string;
  registration_port: number;
  /** Signs the registration, and afterwards the kernel's messages. */
  key: string;
  signature_scheme: string;
}

/** What a kernel was started with. */
export type StartupFile =
  | { readonly kind: 'connection'; readonly info: ConnectionInfo }
  | { readonly kind: 'registration'; readonly info: RegistrationInfo };

/**
 * Reads the file that a kernel was started with, of either kind.
 * @throws ProtocolError ERR_FILE_MISSING, ERR_FILE_UNREADABLE, ERR_FILE_PERMISSIONS, ERR_FILE_INVALID
 */
export async function readStartupFile(file: string, options: ReadOptions = {}): Promise<StartupFile> {
  const what = 'connection file';
  const fields = parseFile(await readPrivateFile(file, what, options), file, what);
  return fields.has('registration_port')
    ? { kind: 'registration', info: registrationFrom(fields) }
    : { kind: 'connection', info: connectionFrom(fields) };
}

/** @throws ProtocolError ERR_FILE_UNREADABLE, ERR_FILE_PERMISSIONS */
export function writeRegistrationFile(file: string, info: RegistrationInfo): Promise<void> {
  return writePrivateFile(file, `${JSON.stringify(info, null, 2)}\n`, 'registration file');
}

function registrationFrom(fields: Fields): RegistrationInfo {
  return {
    kernel_id: fields.string('kernel_id'),
    transport: fields.transport(),
    registration_ip: fields.string('registration_ip'),
    registration_port: fields.port('registration_port'),
    key: fields.string('key'),
    signature_scheme: fields.string('signature_scheme', DEFAULT_SIGNATURE_SCHEME),
  };
}
