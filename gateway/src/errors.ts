/** Why a gateway or one of its channels failed. The message says what happened, to what, and what to do. */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: GatewayErrorCode;
  constructor(code: GatewayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type GatewayErrorCode =
  | 'ERR_SPEC'
  | 'ERR_INTERPRETER'
  | 'ERR_BOOTSTRAP'
  | 'ERR_GATEWAY_ENDED'
  | 'ERR_CHANNEL_CLOSED'
  | 'ERR_TIMEOUT'
  | 'ERR_REMOTE';

/** An exception of the code that runs on the other side, with the traceback of that side. */
export class RemoteError extends GatewayError {
  override readonly name = 'RemoteError';
  readonly remoteStack: string;
  constructor(remote: { readonly message: string; readonly stack: string }) {
    super('ERR_REMOTE', remote.message);
    this.remoteStack = remote.stack;
  }
}
