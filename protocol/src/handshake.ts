/**
 * The startup handshake of JEP 66 (protocol 5.6), both ends: the kernel binds ports of its own choice and tells them to
 * whoever started it, who acknowledges. One signed frame each way, without header, parent header and metadata.
 */
import { randomUUID } from 'node:crypto';
import type { Router } from 'zeromq';
import { OutboundQueue } from './channel.ts';
import { DELIMITER, encode, parseObject } from './codec.ts';
import {
  type ChannelPorts,
  type ConnectionInfo,
  DEFAULT_SIGNATURE_SCHEME,
  endpointAt,
  portOf,
  portsFrom,
  type Transport,
} from './connection.ts';
import { ProtocolError } from './errors.ts';
import { Fields } from './fields.ts';
import type { JsonObject } from './message.ts';
import type { RegistrationInfo } from './registration.ts';
import { makeSigner, type Signer } from './signature.ts';
import { assertValid } from './validate.ts';

/** How long a socket that closes tries to send what it holds, in ms. */
const LINGER_MS = 1000;

/** The frames of a signed content: delimiter, signature, content. */
export function serializeRegistration(signer: Signer, content: JsonObject): Uint8Array[] {
  const frame = encode(content);
  return [DELIMITER, signer.sign([frame]), frame];
}

/**
 * A signed content and the identities before it.
 * @throws ProtocolError ERR_NO_DELIMITER, ERR_TRUNCATED, ERR_SIGNATURE, ERR_UTF8, ERR_JSON
 */
export function deserializeRegistration(
  signer: Signer,
  frames: readonly Buffer[],
): { identities: Buffer[]; content: JsonObject } {
  const delimiter = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (delimiter < 0) throw new ProtocolError('ERR_NO_DELIMITER', 'registration without the delimiter <IDS|MSG>');
  const [signature, content] = frames.slice(delimiter + 1);
  if (signature === undefined || content === undefined) {
    throw new ProtocolError('ERR_TRUNCATED', 'registration without a signature or a content');
  }
  if (!signer.verify([content], signature)) {
    throw new ProtocolError('ERR_SIGNATURE', 'registration with a wrong signature: its sender has another key');
  }
  return { identities: frames.slice(0, delimiter), content: parseObject(content, 'registration') };
}

/**
 * The kernel's end: tells its ports, which it has bound, and waits for the acknowledgement. A kernel whose registration
 * is not acknowledged ends: nobody knows of it.
 * @param timeoutMs Default: 30,000 ms.
 * @throws ProtocolError ERR_TIMEOUT; what `deserializeRegistration` throws, where the answer is not to be trusted.
 */
export async function registerKernel(info: RegistrationInfo, ports: ChannelPorts, timeoutMs = 30_000): Promise<void> {
  const { Dealer } = await import('zeromq');
  const signer = makeSigner(info.key, info.signature_scheme);
  const address = endpointAt(info.transport, info.registration_ip, info.registration_port);
  const socket = new Dealer({ linger: 0, sendTimeout: timeoutMs, receiveTimeout: timeoutMs });
  try {
    socket.connect(address);
    await socket.send(serializeRegistration(signer, registrationRequest(info.kernel_id, ports)));
    deserializeRegistration(signer, await socket.receive());
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EAGAIN')) throw cause;
    throw new ProtocolError(
      'ERR_TIMEOUT',
      `registration at ${address} was not acknowledged within ${timeoutMs} ms: whoever started this kernel is gone`,
      { cause },
    );
  } finally {
    socket.close();
  }
}

/** The specification has the ports as strings. */
function registrationRequest(kernelId: string, ports: ChannelPorts): JsonObject {
  return {
    kernel_id: kernelId,
    shell_port: String(ports.shell_port),
    iopub_port: String(ports.iopub_port),
    stdin_port: String(ports.stdin_port),
    control_port: String(ports.control_port),
    hb_port: String(ports.hb_port),
  };
}

export interface RegistrationServiceOptions {
  readonly transport?: Transport;
  /** Where to listen; for ipc the path that the endpoint's name begins with. Default: 127.0.0.1. */
  readonly ip?: string;
  /** Default: `hmac-sha256`. */
  readonly signatureScheme?: string;
  /** Told of a registration that was refused. The service goes on. */
  readonly onDropped: (error: ProtocolError) => void;
}

/** A kernel that was given a registration file. */
interface Expected {
  readonly info: RegistrationInfo;
  readonly signer: Signer;
  readonly connection: PromiseWithResolvers<ConnectionInfo>;
  registered: ConnectionInfo | undefined;
}

/** The other end: listens for the kernels that were started with its registration files. Each has a key of its own. */
export class RegistrationService implements Disposable {
  readonly #socket: Router;
  readonly #outbound: OutboundQueue;
  readonly #address: Pick<RegistrationInfo, 'transport' | 'registration_ip' | 'registration_port' | 'signature_scheme'>;
  readonly #onDropped: (error: ProtocolError) => void;
  readonly #expected = new Map<string, Expected>();

  private constructor(
    socket: Router,
    address: Pick<RegistrationInfo, 'transport' | 'registration_ip' | 'registration_port' | 'signature_scheme'>,
    onDropped: (error: ProtocolError) => void,
  ) {
    this.#socket = socket;
    this.#outbound = new OutboundQueue((frames) => socket.send([...frames]), {
      onError: (cause) => onDropped(new ProtocolError('ERR_CLOSED', 'a kernel could not be acknowledged', { cause })),
    });
    this.#address = address;
    this.#onDropped = onDropped;
    void this.#serve();
  }

  /** Binds a port of the system's choice. @throws the system's error where the address cannot be bound. */
  static async listen(options: RegistrationServiceOptions): Promise<RegistrationService> {
    const { Router } = await import('zeromq');
    const { transport = 'tcp', ip = '127.0.0.1', signatureScheme = DEFAULT_SIGNATURE_SCHEME } = options;
    const socket = new Router({ linger: LINGER_MS });
    await socket.bind(endpointAt(transport, ip, transport === 'ipc' ? 1 : 0));
    const address = {
      transport,
      registration_ip: ip,
      registration_port: portOf(socket.lastEndpoint ?? ''),
      signature_scheme: signatureScheme,
    };
    return new RegistrationService(socket, address, options.onDropped);
  }

  /** Expects a kernel from now on. Returns what to write into its registration file. @throws ProtocolError ERR_SCHEME */
  expect(kernelId: string): RegistrationInfo {
    const known = this.#expected.get(kernelId);
    if (known !== undefined) return known.info;
    const info: RegistrationInfo = { kernel_id: kernelId, ...this.#address, key: randomUUID() };
    this.#expected.set(kernelId, {
      info,
      signer: makeSigner(info.key, info.signature_scheme),
      connection: Promise.withResolvers(),
      registered: undefined,
    });
    return info;
  }

  /**
   * How to reach a kernel, once it has registered. After the timeout it is no longer expected.
   * @param timeoutMs Default: 30,000 ms.
   * @throws ProtocolError ERR_TIMEOUT, ERR_UNEXPECTED where `expect` was not called for it.
   */
  async connectionOf(kernelId: string, timeoutMs = 30_000): Promise<ConnectionInfo> {
    const expected = this.#expected.get(kernelId);
    if (expected === undefined) {
      throw new ProtocolError(
        'ERR_UNEXPECTED',
        `kernel ${kernelId} is not expected: give it a registration file first`,
      );
    }
    const { promise, reject } = expected.connection;
    const late = new ProtocolError('ERR_TIMEOUT', `kernel ${kernelId} did not register within ${timeoutMs} ms`);
    const timer = setTimeout(() => {
      this.#expected.delete(kernelId);
      reject(late);
    }, timeoutMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  async #serve(): Promise<void> {
    for await (const frames of this.#socket) {
      try {
        this.#register(frames);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.#onDropped(error);
      }
    }
  }

  #register(frames: readonly Buffer[]): void {
    const { signed, expected } = this.#verify(frames);
    const { identities, content } = signed;
    assertValid('registration_request', content, 'document');
    if (content.kernel_id !== expected.info.kernel_id) {
      throw new ProtocolError('ERR_UNEXPECTED', 'a kernel registers under the name of another');
    }
    expected.registered ??= {
      transport: this.#address.transport,
      ip: this.#address.registration_ip,
      ...portsFrom(new Fields(content, 'registration', 'ERR_SCHEMA')),
      key: expected.info.key,
      signature_scheme: expected.info.signature_scheme,
    };
    expected.connection.resolve(expected.registered);
    // Acknowledged again where the kernel asks again.
    this.#outbound.push([...identities, ...serializeRegistration(expected.signer, { status: 'ok' })]);
  }

  /** The expected kernel whose key signed the frames: nothing is read before that is known. */
  #verify(frames: readonly Buffer[]): { signed: ReturnType<typeof deserializeRegistration>; expected: Expected } {
    for (const expected of this.#expected.values()) {
      try {
        return { signed: deserializeRegistration(expected.signer, frames), expected };
      } catch (error) {
        if (!(error instanceof ProtocolError && error.code === 'ERR_SIGNATURE')) throw error;
      }
    }
    throw new ProtocolError('ERR_SIGNATURE', 'registration that no expected kernel signed');
  }

  [Symbol.dispose](): void {
    this.#outbound.close();
    this.#socket.close();
  }
}
