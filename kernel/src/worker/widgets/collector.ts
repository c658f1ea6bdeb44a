import { isRecord } from './buffers.ts';
import type { Manager } from './manager.ts';
import type { Model } from './model.ts';

type Content = Readonly<Record<string, unknown>>;

/** The whole area is sent each time, so much of it seldom: ms, and characters of text in a ms. */
const COMMIT_MS = 50;
const CHARACTERS_PER_MS = 10_000;

/** What is shown in an output area, made of the messages that would have shown it below a cell. */
export class Collector {
  readonly #manager: Manager;
  readonly #model: Model;
  #outputs: Content[] = [];
  /** What was sent last. If the model has other outputs, somebody else has set them. */
  #committed: unknown;
  readonly #displays = new Map<unknown, Set<Content>>();
  #clearBeforeNext = false;
  #last = 0;
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(manager: Manager, model: Model) {
    this.#manager = manager;
    this.#model = model;
  }

  /** Takes a message. False: it is none of an output's. */
  readonly take = (msgType: string, content: Content): boolean => {
    switch (msgType) {
      case 'stream':
        this.#addText(content);
        return true;
      case 'display_data':
      case 'execute_result': {
        const { data, metadata } = content;
        const output = { output_type: 'display_data', data, metadata };
        this.#add(output);
        this.#remember(content.transient, output);
        return true;
      }
      case 'update_display_data':
        return this.#update(content);
      case 'error':
        this.#add({ output_type: 'error', ...content });
        return true;
      case 'clear_output':
        if (content.wait === true) this.#clearBeforeNext = true;
        else this.clear();
        return true;
      default:
        return false;
    }
  };

  clear(): void {
    this.#forget();
    this.#changed();
  }

  /** Sends what was taken. */
  readonly commit = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#manager.collected.delete(this);
    this.#last = performance.now();
    this.#model.set({ outputs: this.#outputs });
    this.#committed = this.#model.get('outputs');
  };

  #load(): void {
    const outputs = this.#model.get('outputs');
    if (outputs === this.#committed || this.#manager.collected.has(this) || !Array.isArray(outputs)) return;
    this.#outputs = outputs.filter(isRecord);
    this.#committed = outputs;
  }

  #forget(): void {
    this.#outputs = [];
    this.#displays.clear();
    this.#clearBeforeNext = false;
    this.#characters = 0;
  }

  #add(output: Content): void {
    this.#load();
    if (this.#clearBeforeNext) this.#forget();
    this.#outputs.push(output);
    this.#changed();
  }

  #addText({ name, text }: Content): void {
    this.#load();
    this.#characters += String(text).length;
    const last = this.#clearBeforeNext ? undefined : this.#outputs.at(-1);
    if (last?.output_type !== 'stream' || last.name !== name) {
      this.#add({ output_type: 'stream', name, text });
      return;
    }
    this.#outputs[this.#outputs.length - 1] = { ...last, text: `${String(last.text)}${String(text)}` };
    this.#changed();
  }

  #remember(transient: unknown, output: Content): void {
    if (!isRecord(transient) || transient.display_id === undefined) return;
    const { display_id: id } = transient;
    this.#displays.set(id, (this.#displays.get(id) ?? new Set()).add(output));
  }

  /** A display that is not in this area is somewhere else. */
  #update({ data, metadata, transient }: Content): boolean {
    const known = isRecord(transient) ? this.#displays.get(transient.display_id) : undefined;
    if (known === undefined) return false;
    const output = { output_type: 'display_data', data, metadata };
    this.#outputs = this.#outputs.map((one) => (known.has(one) ? output : one));
    known.add(output);
    this.#changed();
    return true;
  }

  #changed(): void {
    this.#manager.collected.add(this);
    const wait = this.#last + COMMIT_MS + this.#characters / CHARACTERS_PER_MS - performance.now();
    if (wait <= 0) {
      this.commit();
      // Code that awaits nothing has no end of a tick at which this would be sent.
      this.#model.flush();
    } else this.#timer ??= setTimeout(this.commit, wait);
  }
}
