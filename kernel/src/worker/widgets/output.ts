import { mimeBundle } from '../display/index.ts';
import { runInto } from '../running-cell.ts';
import { Collector } from './collector.ts';
import type { Manager } from './manager.ts';
import type { Model } from './model.ts';
import { DOMWidget } from './widget.ts';

/** An area that shows what code prints and displays, and not only the code of the cell that shows it. */
export class OutputWidget extends DOMWidget {
  readonly #collector: Collector;

  constructor(model: Model, manager: Manager) {
    super(model);
    this.#collector = new Collector(manager, model);
  }

  /** What the action shows, and what it has set off shows later, is shown here. */
  capture<Result>(action: () => Result): Result {
    return runInto(this.#collector.take, action);
  }

  appendStdout(text: string): void {
    this.#collector.take('stream', { name: 'stdout', text: String(text) });
  }

  appendStderr(text: string): void {
    this.#collector.take('stream', { name: 'stderr', text: String(text) });
  }

  /** Shows a value as `display` does. */
  async append(value: unknown): Promise<void> {
    const bundle = await mimeBundle(value);
    if (bundle !== null) this.#collector.take('display_data', { ...bundle });
  }

  /** @param wait Only when the next output comes, so that nothing flickers. */
  clear(wait = false): void {
    this.#collector.take('clear_output', { wait });
  }
}
