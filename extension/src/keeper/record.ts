import type { ReceivedMessage } from '@elara/protocol/message';

/** What is kept of one kernel's outputs while nobody may be there to show them; in bytes of JSON, about. */
const LARGEST_BYTES = 32 * 1024 * 1024;

/** And of those whose end a window has heard: it may have gone before it could show that. */
const LARGEST_HEARD_BYTES = 4 * 1024 * 1024;

/** Of these nothing may be lost: they say where an execution begins and how it ends. */
const LASTING: ReadonlySet<string> = new Set(['execute_input', 'status', 'error']);

interface Kept {
  readonly message: ReceivedMessage;
  readonly bytes: number;
}

interface Execution {
  done: boolean;
  /** A window came while it ran, and has not asked for what it missed. */
  unseen: boolean;
  /** A window was there at its end, and need not have shown it. */
  heard: boolean;
  kept: Kept[];
  bytes: number;
}

/**
 * What a kernel published for executions whose end no window has heard: for a window that comes back. Those that end while
 * the window is there that saw them begin are kept for a while for whoever asks for them by name; of a flood of outputs
 * the oldest are forgotten.
 */
export class Record {
  readonly #executions = new Map<string, Execution>();
  readonly #largestBytes: number;
  #bytes = 0;
  #heardBytes = 0;

  constructor(largestBytes = LARGEST_BYTES) {
    this.#largestBytes = largestBytes;
  }

  /** True while an execution runs. */
  get busy(): boolean {
    return [...this.#executions.values()].some(({ done }) => !done);
  }

  /** @param watched True if a window is there to show it. */
  add(message: ReceivedMessage, watched: boolean): void {
    const { parentHeader, header, content } = message;
    if (!('msg_id' in parentHeader) || parentHeader.msg_type !== 'execute_request') return;
    const id = parentHeader.msg_id;
    let execution = this.#executions.get(id);
    if (execution?.heard) {
      if (watched) return;
      this.#forget(id);
      execution = undefined;
    }
    if (execution === undefined) {
      // What comes after the end, as of a timer, begins no execution.
      execution = { done: !isBusy(message), unseen: false, heard: false, kept: [], bytes: 0 };
      if (execution.done && watched) return;
      this.#executions.set(id, execution);
    }
    const bytes = sizeOf(message);
    execution.kept.push({ message, bytes });
    execution.bytes += bytes;
    this.#bytes += bytes;
    if (header.msg_type === 'status' && content.execution_state === 'idle') {
      execution.done = true;
      if (watched && !execution.unseen) this.#setHeard(execution);
    }
    if (this.#bytes > this.#largestBytes) this.#shrink();
  }

  /** A window came: what runs now it will ask for, even if that has ended by then. */
  windowCame(): void {
    for (const execution of this.#executions.values()) execution.unseen = !execution.done;
  }

  /**
   * Everything, oldest first. What is done is forgotten by that; what still runs stays for the next who asks.
   * @param wanted Of what was heard already, these.
   */
  take(wanted: ReadonlySet<string> = new Set()): ReceivedMessage[] {
    const taken: ReceivedMessage[] = [];
    for (const [id, execution] of this.#executions) {
      if (execution.heard && !wanted.has(id)) continue;
      for (const { message } of execution.kept) taken.push(message);
      if (execution.done) this.#forget(id);
      execution.unseen = false;
    }
    return taken;
  }

  /** The process is gone: nothing runs any more. What it published stays. */
  end(): void {
    for (const execution of this.#executions.values()) execution.done = true;
  }

  clear(): void {
    this.#executions.clear();
    this.#bytes = 0;
    this.#heardBytes = 0;
  }

  #setHeard(execution: Execution): void {
    execution.heard = true;
    this.#heardBytes += execution.bytes;
    for (const [id, { heard }] of this.#executions) {
      if (this.#heardBytes <= LARGEST_HEARD_BYTES) return;
      if (heard) this.#forget(id);
    }
  }

  #forget(id: string): void {
    const execution = this.#executions.get(id);
    if (execution === undefined) return;
    this.#executions.delete(id);
    this.#drop(execution, execution.bytes);
  }

  #drop(execution: Execution, bytes: number): void {
    execution.bytes -= bytes;
    this.#bytes -= bytes;
    if (execution.heard) this.#heardBytes -= bytes;
  }

  /** Drops the oldest outputs, and says so in their place: to three quarters, so that it is not done for each message. */
  #shrink(): void {
    let excess = this.#bytes - this.#largestBytes * 0.75;
    for (const execution of this.#executions.values()) {
      const before = execution.kept;
      const firstOutput = before.findIndex(({ message }) => !LASTING.has(message.header.msg_type));
      execution.kept = before.filter(({ message, bytes }) => {
        if (excess <= 0 || LASTING.has(message.header.msg_type)) return true;
        excess -= bytes;
        this.#drop(execution, bytes);
        return false;
      });
      const model = before[firstOutput];
      if (model && execution.kept.length < before.length) {
        execution.kept.splice(firstOutput, 0, notice(model.message));
      }
      if (excess <= 0) return;
    }
  }
}

function isBusy({ header, content }: ReceivedMessage): boolean {
  return (header.msg_type === 'status' && content.execution_state === 'busy') || header.msg_type === 'execute_input';
}

function notice(model: ReceivedMessage): Kept {
  const text = '[Earlier outputs were dropped: they came while no window was there to show them.]\n';
  const message: ReceivedMessage = {
    ...model,
    header: { ...model.header, msg_type: 'stream' },
    metadata: {},
    content: { name: 'stderr', text },
    buffers: [],
  };
  return { message, bytes: 0 };
}

function sizeOf({ content, buffers }: ReceivedMessage): number {
  const binary = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  // The long ones are texts, whose length needs no second serialisation.
  return binary + lengthOf(content) + 500;
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + lengthOf(item), 0);
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce((sum: number, item: unknown) => sum + lengthOf(item), 0);
}
