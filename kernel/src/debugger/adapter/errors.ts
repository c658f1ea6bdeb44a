/** A request cannot be served; the message is for the person at the client. */
export class DebugError extends Error {
  override readonly name = 'DebugError';
  readonly code = 'ERR_DEBUG';
}
