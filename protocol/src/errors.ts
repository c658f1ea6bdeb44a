/** Why a message, a file or a socket of the protocol was refused. */
export type ProtocolErrorCode =
  /** The frames bear no `<IDS|MSG>`. */
  | 'ERR_NO_DELIMITER'
  /** Frames are missing after the delimiter. */
  | 'ERR_TRUNCATED'
  /** The signature is not that of these frames under this session's key. */
  | 'ERR_SIGNATURE'
  /** A message with this signature was received before. */
  | 'ERR_REPLAY'
  /** A frame is not JSON, or not the JSON object that it must be. */
  | 'ERR_JSON'
  /** A JSON frame is not UTF-8. */
  | 'ERR_UTF8'
  /** Header or content does not fit its schema. */
  | 'ERR_SCHEMA'
  /** More frames, or larger ones, than the limits allow. */
  | 'ERR_TOO_LARGE'
  /** A signature scheme that is not `hmac-` and a digest that Node offers. */
  | 'ERR_SCHEME'
  /** A message that is right in itself does not belong here (another kernel's registration, for instance). */
  | 'ERR_UNEXPECTED'
  /** The connection or registration file does not exist. */
  | 'ERR_FILE_MISSING'
  /** The connection or registration file cannot be read or written. */
  | 'ERR_FILE_UNREADABLE'
  /** The connection or registration file lacks a field, or a field is not what it must be. */
  | 'ERR_FILE_INVALID'
  /** Others than the owner can read the connection file, which bears the key. */
  | 'ERR_FILE_PERMISSIONS'
  /** The connection file bears CURVE keys that cannot be used here. */
  | 'ERR_CURVE'
  /** The queue or channel was closed. */
  | 'ERR_CLOSED'
  /** What was awaited did not come in time. */
  | 'ERR_TIMEOUT';

/**
 * An error of the protocol. `code` says what kind; the message says what happened, to what, and what to do. Neither
 * ever contains a key or the signature that would have been right.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
