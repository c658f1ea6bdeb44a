import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import {
  DEFAULT_LIMITS,
  DELIMITER,
  EMPTY_OBJECT,
  encode,
  type Limits,
  parseHeader,
  parseObject,
  parseOptionalObject,
  parseParentHeader,
  split,
} from './codec.ts';
import { ProtocolError } from './errors.ts';
import { type Header, type OutgoingMessage, PROTOCOL_VERSION, type ReceivedMessage } from './message.ts';
import { ReplayWindow } from './replay.ts';
import { makeSigner, type Signer } from './signature.ts';

export interface SessionOptions {
  /** The connection's key. Empty: signing is off. */
  readonly key: string;
  /** `hmac-` and a digest that Node offers. */
  readonly signatureScheme: string;
  /** Default: the name of the user that this process runs as. */
  readonly username?: string;
  /** Id of this session. Default: a random UUID. */
  readonly session?: string;
  /** Signatures remembered against replay. Default: 65,536. */
  readonly replayWindow?: number;
  /** Bounds on what is received. */
  readonly limits?: Partial<Limits>;
}

/**
 * One end of a conversation: makes headers, signs what goes out, verifies what comes in. Spec: "Wire".
 * Pure but for its counter and its memory of what it received: it owns no socket.
 */
export class Session {
  readonly id: string;
  readonly username: string;
  readonly #signer: Signer;
  readonly #replay: ReplayWindow;
  readonly #limits: Limits;
  #count = 0;

  /** @throws ProtocolError ERR_SCHEME */
  constructor(options: SessionOptions) {
    this.id = options.session ?? randomUUID();
    this.username = options.username ?? nameOfUser();
    this.#signer = makeSigner(options.key, options.signatureScheme);
    this.#replay = new ReplayWindow(options.replayWindow);
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  /** False where the key is empty. Whoever starts the session says so in its log. */
  get signed(): boolean {
    return this.#signer.enabled;
  }

  /** A new header of ours, with an id of its own. */
  header(msgType: string): Header {
    this.#count += 1;
    return {
      msg_id: `${this.id}_${this.#count}`,
      session: this.id,
      username: this.username,
      date: new Date().toISOString(),
      msg_type: msgType,
      version: PROTOCOL_VERSION,
    };
  }

  /**
   * The frames of a message, signed, ready to be sent: identities, delimiter, signature, four JSON frames, buffers.
   * Bytes are passed through uncopied: leave them alone until they are sent.
   * @throws ProtocolError ERR_JSON where a part has no JSON.
   */
  serialize(message: OutgoingMessage): Uint8Array[] {
    const json = [
      encode(message.header),
      message.parentHeader === undefined ? EMPTY_OBJECT : encode(message.parentHeader),
      message.metadata === undefined ? EMPTY_OBJECT : encode(message.metadata),
      encode(message.content),
    ];
    const frames: Uint8Array[] = message.identities === undefined ? [] : [...message.identities];
    frames.push(DELIMITER, this.#signer.sign(json), ...json);
    if (message.buffers !== undefined) frames.push(...message.buffers);
    return frames;
  }

  /**
   * A received message, verified and parsed. The signature is checked over the bytes as they came, before any of them
   * is read; it is remembered once it proved right.
   * @throws ProtocolError ERR_NO_DELIMITER, ERR_TRUNCATED, ERR_TOO_LARGE, ERR_SIGNATURE, ERR_REPLAY, ERR_UTF8, ERR_JSON, ERR_SCHEMA
   */
  deserialize(frames: readonly Buffer[]): ReceivedMessage {
    const { identities, signature, json, buffers } = split(frames, this.#limits);
    if (this.#signer.enabled) {
      if (!this.#signer.verify(json, signature)) {
        throw new ProtocolError(
          'ERR_SIGNATURE',
          signature.length === 0
            ? 'message without a signature: the sender must sign with the key of the connection file'
            : 'message with a wrong signature: the sender has another key or another signature scheme',
        );
      }
      if (!this.#replay.admit(signature)) {
        throw new ProtocolError('ERR_REPLAY', 'message with a signature that was received before');
      }
    }
    const [header, parentHeader, metadata, content] = json;
    return {
      identities,
      header: parseHeader(header),
      rawHeader: header,
      parentHeader: parseParentHeader(parentHeader),
      metadata: parseOptionalObject(metadata, 'metadata'),
      content: parseObject(content, 'content'),
      buffers,
    };
  }
}

/** The user's name, or `username` where the system knows none (a container under a numeric user id). */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return 'username';
    throw error;
  }
}
