import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHANNELS, type ConnectionInfo, newConnectionInfo } from '../connection.ts';
import type { RegistrationService } from '../handshake.ts';
import type { KernelSpec } from '../kernelspec.ts';
import { writeRegistrationFile } from '../registration.ts';
import { freePorts } from './ports.ts';

/** A kernel that chooses its own ports: the file to start it with, and how to reach it once it has told them. */
export interface Registration {
  readonly file: string;
  /** @throws ProtocolError ERR_TIMEOUT */
  connection(timeoutMs: number): Promise<ConnectionInfo>;
}

/** A connection on free ports of the loopback interface. */
export async function newConnection(kernelName: string): Promise<ConnectionInfo> {
  const info = newConnectionInfo({ kernel_name: kernelName });
  const ports = await freePorts(CHANNELS.length, info.ip);
  CHANNELS.forEach((channel, index) => {
    info[`${channel}_port`] = ports[index] ?? 0;
  });
  return info;
}

/** Registers a kernel that is about to be started, by a file beside the connection file (JEP 66). */
export async function newRegistration(service: RegistrationService, connectionFile: string): Promise<Registration> {
  const id = randomUUID();
  // Not `kernel-*.json`, which is where frontends look for connection files.
  const file = join(dirname(connectionFile), `registration-${id}.json`);
  await writeRegistrationFile(file, service.expect(id));
  return {
    file,
    connection: (timeoutMs) => service.connectionOf(id, timeoutMs).finally(() => rm(file, { force: true })),
  };
}

/**
 * True if the kernelspec promises the startup handshake. JEP 66 says since 5.5; the protocol as it is documented says
 * since 5.6, and there are kernels (ipykernel 7) that claim 5.5 and know nothing of it.
 */
export function knowsHandshake(spec: KernelSpec): boolean {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(spec.kernel_protocol_version ?? '') ?? [];
  return Number(major) > 5 || (Number(major) === 5 && Number(minor) >= 6);
}

/** True if the kernelspec says that the kernel can encrypt by CURVE. */
export function knowsCurve(spec: KernelSpec): boolean {
  return (spec.metadata?.supported_encryption ?? []).some((scheme) => scheme.trim().toLowerCase() === 'curve');
}
