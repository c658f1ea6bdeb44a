/**
 * CurveZMQ: sockets whose traffic is encrypted, where the connection file bears keys (a kernelspec says so by
 * `metadata.supported_encryption: ["curve"]`). Spec: "Wire".
 */
import type { ConnectionInfo } from './connection.ts';
import { ProtocolError } from './errors.ts';

/** Options of a zeromq.js socket; spread them into those given to its constructor. Empty: no encryption. */
export interface CurveOptions {
  readonly curveServer?: true;
  readonly curvePublicKey?: string;
  readonly curveSecretKey?: string;
  /** The server's public key. */
  readonly curveServerKey?: string;
}

/** For the sockets that a kernel binds: peers without the kernel's public key are refused. @throws ProtocolError ERR_CURVE */
export function kernelCurve(info: ConnectionInfo): CurveOptions {
  const keys = keysOf(info);
  return keys === undefined
    ? {}
    : { curveServer: true, curvePublicKey: keys.publicKey, curveSecretKey: keys.secretKey };
}

/**
 * For the sockets that connect to a kernel. Kernels let in whoever knows their public key, so the client's own keys may
 * be any: `curveKeyPair()` of zeromq.js, or by default those of the connection file, as jupyter_client has it.
 * @throws ProtocolError ERR_CURVE
 */
export function clientCurve(info: ConnectionInfo, own?: { publicKey: string; secretKey: string }): CurveOptions {
  const keys = keysOf(info);
  if (keys === undefined) return {};
  const { publicKey, secretKey } = own ?? keys;
  return { curvePublicKey: publicKey, curveSecretKey: secretKey, curveServerKey: keys.publicKey };
}

/** A connection with a new key pair. @throws ProtocolError ERR_CURVE where libzmq was built without CURVE. */
export async function withCurveKeys<Info extends ConnectionInfo>(info: Info): Promise<Info> {
  const { capability, curveKeyPair } = await import('zeromq');
  if (capability.curve !== true) {
    throw new ProtocolError('ERR_CURVE', 'this libzmq was built without CURVE: start the kernel without encryption');
  }
  const { publicKey, secretKey } = curveKeyPair();
  return { ...info, curve_publickey: publicKey, curve_secretkey: secretKey };
}

function keysOf(info: ConnectionInfo): { publicKey: string; secretKey: string } | undefined {
  const { curve_publickey: publicKey, curve_secretkey: secretKey } = info;
  if (publicKey === undefined && secretKey === undefined) return undefined;
  if (publicKey === undefined || secretKey === undefined) {
    throw new ProtocolError(
      'ERR_CURVE',
      'the connection has one CURVE key of two: curve_publickey and curve_secretkey',
    );
  }
  return { publicKey, secretKey };
}
