import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { Emitter } from '../emitter.ts';

/** Notes the cells that a kernel runs, of whatever client; requests that are silent are none. */
export class CellsRun {
  readonly #connection: Kernel.IKernelConnection;
  readonly #running = new Set<string>();
  readonly #ended = new Emitter<void>();
  #count: number | undefined;

  constructor(connection: Kernel.IKernelConnection) {
    this.#connection = connection;
    connection.iopubMessage.connect(this.#onIopub);
  }

  /** A cell has ended. */
  get onDidEnd(): Emitter<void>['event'] {
    return this.#ended.event;
  }

  /** Whether a cell runs. One that ran before this connection was made is not known. */
  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /** The kernel began anew. */
  reset(): void {
    this.#running.clear();
    this.#count = 0;
  }

  /** The number of the last cell; undefined until one was run. */
  get count(): number | undefined {
    return this.#count;
  }

  /** Of a kernel that has run cells before. */
  set count(count: number | undefined) {
    this.#count = count;
  }

  dispose(): void {
    this.#connection.iopubMessage.disconnect(this.#onIopub);
  }

  readonly #onIopub = (_: unknown, message: KernelMessage.IIOPubMessage): void => {
    const { header, parent_header: parent, content } = message;
    if (!('msg_id' in parent)) return;
    if (header.msg_type === 'execute_input') {
      this.#running.add(parent.msg_id);
      if ('execution_count' in content && typeof content.execution_count === 'number') {
        this.#count = content.execution_count;
      }
    } else if (header.msg_type === 'status' && 'execution_state' in content && content.execution_state === 'idle') {
      if (this.#running.delete(parent.msg_id)) this.#ended.fire();
    }
  };
}
