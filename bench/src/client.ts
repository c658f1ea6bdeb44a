/**
 * A client that costs as little as it can, so that the kernel is what is measured: raw frames, nothing verified, nothing
 * parsed while the clock runs. Requests are signed beforehand.
 */
import { Dealer, Subscriber } from 'zeromq';
import { type Channel, headerIndex, type Request, Signer } from './frames.ts';

export interface Connection {
  readonly transport: 'tcp';
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: 'hmac-sha256';
  readonly kernel_name: string;
}

/** What came for one flight of requests. Times are of `performance.now()`, in ms. */
export interface Landing {
  readonly sentAt: number;
  /** When the last reply and the last idle had both come; `undefined` if they did not come in time. */
  readonly landedAt: number | undefined;
  readonly idles: number;
  /** Content frames of the replies. */
  readonly replies: readonly Buffer[];
  /** Content frames of all that iopub published until then, in order. */
  readonly published: readonly Buffer[];
  /** Content frames that iopub published later. It grows until the next flight. */
  readonly late: readonly Buffer[];
}

export interface FlightOptions {
  /** Bound of the wait, in ms. */
  readonly timeoutMs: number;
  /** Lands with the replies, without waiting for `idle`. */
  readonly repliesOnly?: boolean;
  /** Called once, when the first `busy` of the flight has come. */
  readonly onBusy?: () => void;
}

const busy = Buffer.from('busy"');
const idle = Buffer.from('idle"');
const executionState = Buffer.from('"execution_state"');
/** No status message is longer, and few other messages are as short. */
const longestStatus = 64;

class Flight implements Landing {
  readonly sentAt = performance.now();
  readonly replies: Buffer[] = [];
  readonly published: Buffer[] = [];
  readonly late: Buffer[] = [];
  readonly landing = Promise.withResolvers<void>();
  readonly #tag: Buffer;
  readonly #wantedReplies: number;
  readonly #wantedIdles: number;
  #onBusy: (() => void) | undefined;
  idles = 0;
  landedAt: number | undefined;

  constructor(tag: string, requests: number, options: FlightOptions) {
    this.#tag = Buffer.from(tag);
    this.#wantedReplies = requests;
    this.#wantedIdles = options.repliesOnly ? 0 : requests;
    this.#onBusy = options.onBusy;
  }

  onReply(parent: Buffer, content: Buffer): void {
    if (!parent.includes(this.#tag)) return;
    this.replies.push(content);
    this.#land();
  }

  onPublished(parent: Buffer, content: Buffer): void {
    (this.landedAt === undefined ? this.published : this.late).push(content);
    if (content.length > longestStatus || !content.includes(executionState) || !parent.includes(this.#tag)) return;
    if (content.includes(idle)) {
      this.idles++;
      this.#land();
    } else if (this.#onBusy !== undefined && content.includes(busy)) {
      this.#onBusy();
      this.#onBusy = undefined;
    }
  }

  #land(): void {
    if (this.landedAt !== undefined || this.replies.length < this.#wantedReplies || this.idles < this.#wantedIdles)
      return;
    this.landedAt = performance.now();
    this.landing.resolve();
  }
}

export class Client implements Disposable {
  readonly #shell = new Dealer({ linger: 0, reconnectInterval: 2, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
  readonly #control = new Dealer({ linger: 0, reconnectInterval: 2 });
  readonly #iopub = new Subscriber({ linger: 0, reconnectInterval: 2, receiveHighWaterMark: 0 });
  readonly #signer: Signer;
  #flight: Flight | undefined;
  #tags = 0;

  /** Sockets connect as soon as the kernel listens; what is sent before waits for it. */
  constructor(connection: Connection) {
    this.#signer = new Signer(connection.key);
    const at = (port: number) => `tcp://${connection.ip}:${port}`;
    this.#shell.connect(at(connection.shell_port));
    this.#control.connect(at(connection.control_port));
    this.#iopub.connect(at(connection.iopub_port));
    this.#iopub.subscribe();
    void this.#receive(this.#shell, (parent, content) => this.#flight?.onReply(parent, content));
    void this.#receive(this.#control, (parent, content) => this.#flight?.onReply(parent, content));
    void this.#receive(this.#iopub, (parent, content) => this.#flight?.onPublished(parent, content));
  }

  /** A tag for the requests of one flight. */
  newTag(): string {
    return `flight${this.#tags++}.`;
  }

  request(channel: Channel, msgType: string, content: unknown, tag: string): Request {
    return this.#signer.request(channel, msgType, content, tag);
  }

  execute(code: string, tag: string): Request {
    const options = {
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    };
    return this.request('shell', 'execute_request', { code, ...options }, tag);
  }

  /** Sends the requests of one tag at once and waits until each has its reply and its idle. */
  async fly(tag: string, requests: readonly Request[], options: FlightOptions): Promise<Landing> {
    const flight = new Flight(tag, requests.length, options);
    this.#flight = flight;
    for (const request of requests) await this.send(request);
    const bound = setTimeout(flight.landing.resolve, options.timeoutMs);
    await flight.landing.promise;
    clearTimeout(bound);
    return flight;
  }

  /** Sends outside a flight: its reply is not waited for. */
  send(request: Request): Promise<void> {
    const socket = request.channel === 'shell' ? this.#shell : this.#control;
    return socket.send(request.frames as Buffer[]);
  }

  async #receive(socket: Dealer | Subscriber, deliver: (parent: Buffer, content: Buffer) => void): Promise<void> {
    for await (const frames of socket) {
      const header = headerIndex(frames);
      const parent = frames[header + 1];
      const content = frames[header + 3];
      if (parent !== undefined && content !== undefined) deliver(parent, content);
    }
  }

  [Symbol.dispose](): void {
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
  }
}
