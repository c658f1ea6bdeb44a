import type { Socket } from 'node:net';
import {
  createMessageConnection,
  type MessageConnection,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';

/** JSON-RPC over a socket, to be listened to. */
export function jsonRpcOver(socket: Socket): MessageConnection {
  const reader = new SocketMessageReader(socket);
  // It would wait for the rest of a message for ever, also where the socket has ended, and keep this process from ending.
  reader.partialMessageTimeout = 0;
  return createMessageConnection(reader, new SocketMessageWriter(socket));
}
