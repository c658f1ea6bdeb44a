import { mimeBundle } from '../display/index.ts';
import { currentCell } from '../running-cell.ts';
import { DOMWidget, modelOf } from './widget.ts';

type Entry = Readonly<Record<string, unknown>>;

/** How many captures of a widget are under way. */
const captures = new WeakMap<OutputWidget, number>();

/** An area that shows what code prints and displays, and not only the code of the cell that shows it. */
export class OutputWidget extends DOMWidget {
  /**
   * Runs `action`; what the request that this code belongs to shows until it ends is shown here instead. Frontends move
   * these messages themselves, by the id of the request.
   */
  capture<Result>(action: () => Result): Result {
    const end = this.#begin();
    let result: Result;
    try {
      result = action();
    } catch (error) {
      end();
      throw error;
    }
    if (result instanceof Promise) void result.then(end, end);
    else end();
    return result;
  }

  appendStdout(text: string): void {
    this.#append({ output_type: 'stream', name: 'stdout', text: String(text) });
  }

  appendStderr(text: string): void {
    this.#append({ output_type: 'stream', name: 'stderr', text: String(text) });
  }

  /** Shows a value as `display` does. */
  async append(value: unknown): Promise<void> {
    const bundle = await mimeBundle(value);
    if (bundle !== null) this.#append({ output_type: 'display_data', data: bundle.data, metadata: bundle.metadata });
  }

  clear(): void {
    modelOf(this).set({ outputs: [] });
    // The frontend may have got some of which the kernel does not know yet.
    modelOf(this).resend('outputs');
  }

  #append(output: Entry): void {
    const outputs = modelOf(this).get('outputs');
    modelOf(this).set({ outputs: [...(Array.isArray(outputs) ? outputs : []), output] });
  }

  #begin(): () => void {
    const model = modelOf(this);
    const mark = (msgId: string): void => {
      model.set({ msgId });
      model.flush();
    };
    captures.set(this, (captures.get(this) ?? 0) + 1);
    mark(requestId());
    return () => {
      const left = (captures.get(this) ?? 1) - 1;
      captures.set(this, left);
      if (left === 0) mark('');
    };
  }
}

/** The request for which this code runs. */
function requestId(): string {
  const parent = currentCell()?.command.parent;
  if (parent === undefined) return '';
  const header: { readonly msg_id?: unknown } = JSON.parse(Buffer.from(parent).toString());
  return String(header.msg_id ?? '');
}
