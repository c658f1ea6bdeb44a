import type { KernelMessage } from '@jupyterlab/services';
import type { NotebookCell, NotebookDocument } from 'vscode';
import type { RunningKernel } from '../kernels/kernel.ts';
import { type Log, messageOf } from '../log.ts';
import { addCell } from './cell-edits.ts';
import { editorLanguage } from './languages.ts';

/** What other clients of a kernel run that somebody else has started: it is shown too, in cells at the end of the notebook. */
export class ForeignCells {
  readonly #notebook: NotebookDocument;
  readonly #kernel: RunningKernel;
  readonly #log: Log;
  readonly #onCell: (id: string, cell: NotebookCell, messages: readonly KernelMessage.IIOPubMessage[]) => void;
  /** Messages, by their requests, whose cells are being made. */
  readonly #waiting = new Map<string, KernelMessage.IIOPubMessage[]>();
  /** One cell is added after the other, so that they are in the order of their requests. */
  #adding = Promise.resolve();

  /** @param onCell Told the id of a request, its cell when it is there, and the messages that came up to then. */
  constructor(
    notebook: NotebookDocument,
    kernel: RunningKernel,
    log: Log,
    onCell: (id: string, cell: NotebookCell, messages: readonly KernelMessage.IIOPubMessage[]) => void,
  ) {
    this.#notebook = notebook;
    this.#kernel = kernel;
    this.#log = log;
    this.#onCell = onCell;
  }

  /** Takes a message of a request that no cell has sent. */
  take(id: string, message: KernelMessage.IIOPubMessage): void {
    const parent = message.parent_header;
    // What this window asks for itself is in no cell.
    if (this.#kernel.ours || ('session' in parent && parent.session === this.#kernel.connection.clientId)) return;
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) waiting.push(message);
    else if (message.header.msg_type === 'execute_input') {
      const { code } = message.content as KernelMessage.IExecuteInputMsg['content'];
      const messages = [message];
      this.#waiting.set(id, messages);
      this.#adding = this.#adding.then(() => this.#show(id, code, messages));
    }
  }

  async #show(id: string, code: string, messages: readonly KernelMessage.IIOPubMessage[]): Promise<void> {
    try {
      const cell = await addCell(this.#notebook, code, editorLanguage(this.#kernel.language));
      if (cell !== undefined) this.#onCell(id, cell, messages);
    } catch (error) {
      this.#log.warn(`What another client ran is not shown: ${messageOf(error)}`);
    } finally {
      this.#waiting.delete(id);
    }
  }
}
