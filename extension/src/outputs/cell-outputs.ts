import { errorOutput } from './error-output.ts';
import { bundleOutput } from './mime-bundle.ts';
import { type Content, isRecord, type Output, type OutputItem, STDERR, STDOUT, textItem } from './output.ts';
import { type StreamLimits, StreamText, shortened } from './stream-text.ts';

/** Where the outputs of a cell are shown. `Handle` stands for an output that was appended. */
export interface OutputTarget<Handle> {
  /** True once its run has ended: what comes now is late, and disturbs. */
  readonly isLate: boolean;
  append(output: Output): Handle;
  appendItems(handle: Handle, items: readonly OutputItem[]): void;
  replaceItems(handle: Handle, items: readonly OutputItem[]): void;
  clear(): void;
  /** Tells once when all that was appended is removed, by whom ever: it cannot be changed any more. */
  onceCleared(tell: () => void): void;
}

/** How long text is gathered before it is shown, in milliseconds. */
const GATHER_MS = 50;

/** How often a text is shown anew of which only a part can be, in milliseconds. */
const CUT_MS = 500;

/** How long late text is gathered, in milliseconds: VS Code shows its cell as running for a moment. */
const LATE_MS = 1000;

/** Shows something else in an output. */
type Update = (items: readonly OutputItem[]) => void;

/** By display id, how to show something else in the outputs that have it; for all cells of a kernel. */
export class Displays {
  readonly #updates = new Map<string, Set<Update>>();

  add(id: string, update: Update): void {
    this.#updates.set(id, (this.#updates.get(id) ?? new Set()).add(update));
  }

  /** The output is there no more. */
  remove(id: string, update: Update): void {
    const updates = this.#updates.get(id);
    if (updates?.delete(update) && updates.size === 0) this.#updates.delete(id);
  }

  update(id: string, items: readonly OutputItem[]): void {
    for (const update of this.#updates.get(id) ?? []) update(items);
  }

  /** How many ids can be updated. */
  get size(): number {
    return this.#updates.size;
  }

  clear(): void {
    this.#updates.clear();
  }
}

export interface CellOutputsOptions<Handle> {
  readonly target: OutputTarget<Handle>;
  readonly displays: Displays;
  /** Characters of a text that are shown whole. */
  readonly limit: number;
  /** Told the parts of a text that is longer, under a number of its own. */
  readonly overflow: (text: string, of: number) => void;
}

interface Stream<Handle> {
  readonly name: string;
  readonly text: StreamText;
  readonly handle: Handle;
}

/** The outputs of one execution of a cell, made of the messages on iopub. Spec: "Channels and messages", iopub. */
export class CellOutputs<Handle> {
  readonly #options: CellOutputsOptions<Handle>;
  #stream: Stream<Handle> | undefined;
  /** The updates of the outputs that are there, and their display ids. */
  readonly #updates = new Map<Update, string>();
  #isEmpty = true;
  /** Text that is not shown yet. */
  #gathered = '';
  #gatheredName = '';
  #timer: NodeJS.Timeout | undefined;
  #clearBeforeNext = false;
  #overflows = 0;
  /** True once an `error` came. */
  failed = false;

  constructor(options: CellOutputsOptions<Handle>) {
    this.#options = options;
  }

  /** Takes a message. False: it shows nothing. */
  take(msgType: string, content: Content): boolean {
    switch (msgType) {
      case 'stream':
        this.#write(String(content.name), String(content.text ?? ''));
        return true;
      case 'display_data':
      case 'execute_result':
        this.#display(msgType, content);
        return true;
      case 'update_display_data':
        this.#update(content);
        return true;
      case 'error':
        this.failed = true;
        this.add(errorOutput(content));
        return true;
      case 'clear_output':
        if (content.wait === true) this.#clearBeforeNext = true;
        else this.#clear();
        return true;
      default:
        return false;
    }
  }

  /** Shows an output that no message brought. */
  add(output: Output): Handle {
    this.#begin();
    this.flush();
    this.#stream = undefined;
    return this.#append(output);
  }

  /** Shows what was gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gathered === '') return;
    const text = this.#gathered;
    const name = this.#gatheredName;
    this.#gathered = '';
    const { target } = this.#options;
    const mime = name === 'stderr' ? STDERR : STDOUT;
    if (this.#stream?.name !== name) {
      const stream = new StreamText(this.#limits());
      stream.add(text);
      const output = { items: [textItem(stream.text(), mime)], metadata: { outputType: 'stream' } };
      this.#stream = { name, text: stream, handle: this.#append(output) };
      return;
    }
    const { text: stream, handle } = this.#stream;
    const edit = stream.add(text);
    if ('append' in edit) {
      if (edit.append !== '') target.appendItems(handle, [textItem(edit.append, mime)]);
    } else target.replaceItems(handle, [textItem(edit.replace, mime)]);
  }

  #write(name: string, text: string): void {
    this.#begin();
    if (name !== this.#gatheredName) this.flush();
    this.#gatheredName = name;
    this.#gathered += text;
    const wait = this.#options.target.isLate ? LATE_MS : this.#stream?.text.isCut ? CUT_MS : GATHER_MS;
    this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  #display(msgType: string, content: Content): void {
    const { items, metadata } = bundleOutput(msgType, content);
    this.#begin();
    this.flush();
    const handle = this.add({ items: this.#bounded(items), metadata });
    const id = displayId(content);
    if (id === undefined) return;
    const { displays, target } = this.#options;
    const update: Update = (changed) => {
      this.flush();
      target.replaceItems(handle, this.#bounded(changed));
    };
    displays.add(id, update);
    this.#updates.set(update, id);
  }

  #update(content: Content): void {
    const id = displayId(content);
    if (id === undefined) return;
    this.flush();
    this.#options.displays.update(id, bundleOutput('display_data', content).items);
  }

  /** A text too long to be shown is shortened; other representations of such a size are left out for it. */
  #bounded(items: readonly OutputItem[]): readonly OutputItem[] {
    const { limit } = this.#options;
    const text = items.find(({ mime }) => mime === 'text/plain');
    if (text === undefined || items.every(({ data }) => data.byteLength <= limit)) return items;
    const shown = textItem(shortened(new TextDecoder().decode(text.data), this.#limits()), 'text/plain');
    return items.flatMap((item) => {
      if (item === text) return [shown];
      return item.data.byteLength > limit && /^text\//.test(item.mime) ? [] : [item];
    });
  }

  #limits(): StreamLimits {
    const { limit, overflow } = this.#options;
    let number: number | undefined;
    return {
      limit,
      overflow: (text) => {
        number ??= this.#overflows++;
        overflow(text, number);
      },
    };
  }

  #append(output: Output): Handle {
    const { target } = this.#options;
    if (this.#isEmpty) target.onceCleared(() => this.#cleared());
    this.#isEmpty = false;
    return target.append(output);
  }

  #cleared(): void {
    this.#isEmpty = true;
    this.#stream = undefined;
    for (const [update, id] of this.#updates) this.#options.displays.remove(id, update);
    this.#updates.clear();
  }

  /** Something is about to be shown. */
  #begin(): void {
    if (this.#clearBeforeNext) this.#clear();
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#gathered = '';
    this.#clearBeforeNext = false;
    this.#options.target.clear();
  }
}

function displayId({ transient }: Content): string | undefined {
  const id = isRecord(transient) ? transient.display_id : undefined;
  return typeof id === 'string' ? id : undefined;
}
