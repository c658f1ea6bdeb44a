import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { CapturedOutputs } from './captured-outputs.ts';
import type { StoredModel } from './model-store.ts';

/** The whole area is sent each time, so much of it seldom: ms, and characters in a ms. */
const COMMIT_MS = 50;
const CHARACTERS_PER_MS = 10_000;

interface Capture {
  readonly messageId: string;
  readonly area: CapturedOutputs;
  readonly hook: (message: KernelMessage.IIOPubMessage) => boolean;
}

/**
 * Output widgets of kernels that leave the capturing to the frontend, as ipykernel does: while such a model has a `msg_id`, what
 * the request of that id shows belongs into the widget.
 */
export class OutputWidgets {
  readonly #connection: Kernel.IKernelConnection;
  readonly #commit: (id: string, outputs: readonly unknown[]) => void;
  readonly #captures = new Map<string, Capture>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #characters = new Map<string, number>();

  constructor(connection: Kernel.IKernelConnection, commit: (id: string, outputs: readonly unknown[]) => void) {
    this.#connection = connection;
    this.#commit = commit;
  }

  /** Looks whether a model begins or ends to capture. */
  look({ id, state }: StoredModel): void {
    if (state._model_module !== '@jupyter-widgets/output') return;
    const messageId = typeof state.msg_id === 'string' ? state.msg_id : '';
    if (this.#captures.get(id)?.messageId === messageId) return;
    this.#end(id);
    if (messageId !== '') this.#begin(id, messageId, state.outputs);
  }

  forget(id: string): void {
    this.#end(id);
    this.#characters.delete(id);
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#captures.clear();
    this.#characters.clear();
  }

  #begin(id: string, messageId: string, outputs: unknown): void {
    const area = new CapturedOutputs(outputs);
    const hook = ({ header, content }: KernelMessage.IIOPubMessage): boolean => {
      const record = content as Readonly<Record<string, unknown>>;
      if (!area.take(header.msg_type, record)) return true;
      this.#changed(id, area, record);
      return false;
    };
    this.#connection.registerMessageHook(messageId, hook);
    this.#captures.set(id, { messageId, area, hook });
  }

  /** What was captured is sent before whatever follows. */
  #end(id: string): void {
    const capture = this.#captures.get(id);
    if (capture === undefined) return;
    this.#captures.delete(id);
    if (!this.#connection.isDisposed) this.#connection.removeMessageHook(capture.messageId, capture.hook);
    if (this.#timers.has(id)) this.#send(id, capture.area);
  }

  #changed(id: string, area: CapturedOutputs, { text }: Readonly<Record<string, unknown>>): void {
    const characters = (this.#characters.get(id) ?? 0) + (typeof text === 'string' ? text.length : 0);
    this.#characters.set(id, area.outputs.length === 0 ? 0 : characters);
    if (this.#timers.has(id)) return;
    const wait = COMMIT_MS + characters / CHARACTERS_PER_MS;
    this.#timers.set(
      id,
      setTimeout(() => this.#send(id, area), wait),
    );
  }

  #send(id: string, area: CapturedOutputs): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#commit(id, [...area.outputs]);
  }
}
