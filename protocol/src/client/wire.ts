import { Channel } from '../channel.ts';
import { type ConnectionInfo, endpoint } from '../connection.ts';
import { ProtocolError } from '../errors.ts';
import type { OutgoingMessage, ReceivedMessage } from '../message.ts';
import type { Session } from '../session.ts';
import { Heartbeat, type HeartbeatOptions } from './heartbeat.ts';
import type { KernelTransport } from './transport.ts';

/** What a client is told by its wire. */
export interface WireEvents {
  /** A message on shell or control. */
  readonly onReply: (message: ReceivedMessage) => void;
  readonly onIopub: (message: ReceivedMessage) => void;
  readonly onStdin: (message: ReceivedMessage) => void;
  /** A message could not be read or sent. The others go on. */
  readonly onDropped: (error: ProtocolError) => void;
  readonly onHeartStopped: (silentMs: number) => void;
  readonly onHeartResumed: () => void;
  /** A socket failed: nothing more comes from it. */
  readonly onBroken: (error: Error) => void;
}

/** One connection to a kernel: sockets, session and heartbeat together. After a restart there is another one. */
export class Wire implements Disposable {
  readonly info: ConnectionInfo;
  readonly session: Session;
  readonly heartbeat: Heartbeat;
  readonly #transport: KernelTransport;
  readonly #channels: Readonly<Record<'shell' | 'control' | 'stdin' | 'iopub', Channel>>;

  constructor(
    info: ConnectionInfo,
    session: Session,
    transport: KernelTransport,
    heartbeat: HeartbeatOptions,
    events: WireEvents,
  ) {
    this.info = info;
    this.session = session;
    this.#transport = transport;
    const channel = (name: 'shell' | 'control' | 'stdin' | 'iopub') =>
      new Channel({
        name,
        session,
        socket: transport[name],
        onDropped: events.onDropped,
        onError: (cause) => events.onDropped(new ProtocolError('ERR_CLOSED', `message not sent on ${name}`, { cause })),
      });
    this.#channels = {
      shell: channel('shell'),
      control: channel('control'),
      stdin: channel('stdin'),
      iopub: channel('iopub'),
    };
    this.heartbeat = new Heartbeat(transport.heartbeat, heartbeat, {
      onStopped: events.onHeartStopped,
      onResumed: events.onHeartResumed,
    });
    void read(this.#channels.shell, events.onReply, events.onBroken);
    void read(this.#channels.control, events.onReply, events.onBroken);
    void read(this.#channels.stdin, events.onStdin, events.onBroken);
    void read(this.#channels.iopub, events.onIopub, events.onBroken);
  }

  /** @throws ProtocolError ERR_JSON where a part has no JSON; ERR_CLOSED */
  send(channel: 'shell' | 'control' | 'stdin', message: OutgoingMessage): void {
    this.#channels[channel].send(message);
  }

  /** Where the kernel should be, for error messages. */
  get address(): string {
    return endpoint(this.info, 'shell');
  }

  [Symbol.dispose](): void {
    this.heartbeat[Symbol.dispose]();
    this.#transport.close();
  }
}

async function read(
  channel: Channel,
  take: (message: ReceivedMessage) => void,
  broken: (error: Error) => void,
): Promise<void> {
  try {
    for await (const message of channel.messages()) take(message);
  } catch (error) {
    broken(error instanceof Error ? error : new Error(String(error)));
  }
}
