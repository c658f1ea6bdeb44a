import type { ShownOutput } from '../../src/widgets/messages.ts';
import type { Outputs } from './outputs.ts';

interface Entry {
  readonly text: string;
  readonly element: HTMLElement;
  readonly shown: AbortController;
  /** Settles when it is drawn. */
  readonly drawn: Promise<void>;
}

/** Outputs below each other. Those that stay as they are are not drawn again. */
export class OutputList {
  readonly #outputs: Outputs;
  readonly #element: HTMLElement;
  #entries: Entry[] = [];

  constructor(outputs: Outputs, element: HTMLElement) {
    this.#outputs = outputs;
    this.#element = element;
  }

  show(outputs: readonly ShownOutput[]): void {
    const texts = outputs.map((output) => JSON.stringify(output));
    const same = texts.findIndex((text, index) => this.#entries[index]?.text !== text);
    const kept = same === -1 ? texts.length : same;
    const old = this.#entries.splice(kept);
    const added = outputs.slice(kept).map((output, index) => this.#draw(output, texts[kept + index] ?? ''));
    this.#entries.push(...added);
    // What is replaced stays until the new is there, so that nothing jumps.
    void Promise.all(added.map(({ drawn }) => drawn)).then(() => {
      for (const { element, shown } of old) {
        shown.abort();
        element.remove();
      }
      for (const { element } of added) element.hidden = false;
    });
  }

  dispose(): void {
    this.show([]);
  }

  #draw(output: ShownOutput, text: string): Entry {
    const element = document.createElement('div');
    element.className = 'elara-widget-output';
    element.hidden = true;
    // VS Code's renderer of text looks for text before its parent that it could go on with: there is none.
    const place = document.createElement('div');
    const parent = document.createElement('div');
    parent.append(place);
    element.append(parent);
    this.#element.append(element);
    const shown = new AbortController();
    const drawn = this.#outputs.show(output, place, shown.signal).catch((error: unknown) => {
      element.textContent = `The output cannot be shown: ${String(error)}`;
    });
    return { text, element, shown, drawn };
  }
}
