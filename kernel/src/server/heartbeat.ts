import type { Router } from 'zeromq';

/** Sends back what comes in, byte for byte, until the socket is closed. Spec: "Channels and messages", heartbeat. */
export async function echo(socket: Router): Promise<void> {
  while (!socket.closed) {
    try {
      await socket.send(await socket.receive());
    } catch (error) {
      // A closed socket rejects the receive that was waiting.
      if (!socket.closed) throw error;
    }
  }
}
