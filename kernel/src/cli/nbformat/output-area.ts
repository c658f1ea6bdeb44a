import { isMessage } from '@elara/protocol/client/messages';
import type { ReceivedMessage } from '@elara/protocol/message';
import type { DisplayOutput, ErrorOutput, JsonObject, MimeBundle, Output, ResultOutput } from './notebook.ts';
import { StreamText } from './stream-text.ts';

/** Displays of a notebook by their display_id: an update reaches all of them, in whichever cell they are. */
export class DisplayIds {
  readonly #outputs = new Map<string, Set<DisplayOutput | ResultOutput>>();

  add(id: string, output: DisplayOutput | ResultOutput): void {
    const outputs = this.#outputs.get(id) ?? new Set();
    this.#outputs.set(id, outputs.add(output));
  }

  remove(output: DisplayOutput | ResultOutput): void {
    for (const outputs of this.#outputs.values()) outputs.delete(output);
  }

  update(id: string, data: MimeBundle, metadata: JsonObject): void {
    for (const output of this.#outputs.get(id) ?? []) Object.assign(output, { data, metadata });
  }
}

type StreamEntry = { readonly output_type: 'stream'; readonly name: string; readonly text: StreamText };
type Entry = StreamEntry | DisplayOutput | ResultOutput | ErrorOutput;

/** The outputs of one cell, made of what the kernel publishes. */
export class OutputArea {
  readonly #displays: DisplayIds;
  #entries: Entry[] = [];
  /** clear_output with `wait`: the next output takes the place of all that is there. */
  #clearBeforeNext = false;

  constructor(displays: DisplayIds) {
    this.#displays = displays;
  }

  /** Takes a message of iopub; those that are no output are left alone. */
  accept(message: ReceivedMessage): void {
    if (isMessage(message, 'stream')) {
      this.#acceptStream(message.content.name, message.content.text);
    } else if (isMessage(message, 'display_data')) {
      const { data, metadata } = message.content;
      this.#acceptBundle({ output_type: 'display_data', data, metadata }, message.content.transient?.display_id);
    } else if (isMessage(message, 'execute_result')) {
      const { execution_count, data, metadata, transient } = message.content;
      this.#acceptBundle({ output_type: 'execute_result', execution_count, data, metadata }, transient?.display_id);
    } else if (isMessage(message, 'update_display_data')) {
      const { data, metadata, transient } = message.content;
      this.#displays.update(transient.display_id, data, metadata);
    } else if (isMessage(message, 'error')) {
      const { ename, evalue, traceback } = message.content;
      this.#append({ output_type: 'error', ename, evalue, traceback: [...traceback] });
    } else if (isMessage(message, 'clear_output')) {
      if (message.content.wait) this.#clearBeforeNext = true;
      else this.#clear();
    }
  }

  outputs(): Output[] {
    return this.#entries.map((entry) =>
      entry.output_type === 'stream' ? { output_type: 'stream', name: entry.name, text: entry.text.parts() } : entry,
    );
  }

  #acceptStream(name: string, text: string): void {
    const last = this.#clearBeforeNext ? undefined : this.#entries.at(-1);
    if (last?.output_type === 'stream' && last.name === name) {
      last.text.append(text);
      return;
    }
    const entry = { output_type: 'stream', name, text: new StreamText() } as const;
    entry.text.append(text);
    this.#append(entry);
  }

  #acceptBundle(output: DisplayOutput | ResultOutput, id: string | undefined): void {
    this.#append(output);
    if (id !== undefined) this.#displays.add(id, output);
  }

  #append(entry: Entry): void {
    if (this.#clearBeforeNext) this.#clear();
    this.#entries.push(entry);
  }

  #clear(): void {
    this.#clearBeforeNext = false;
    for (const entry of this.#entries) {
      if (entry.output_type === 'display_data' || entry.output_type === 'execute_result') this.#displays.remove(entry);
    }
    this.#entries = [];
  }
}
