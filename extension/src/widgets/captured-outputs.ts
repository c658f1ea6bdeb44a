import type { ShownOutput } from './messages.ts';
import { isRecord } from './model-store.ts';

type Content = Readonly<Record<string, unknown>>;

/** The output that a message of iopub makes, if it makes one. */
export function outputOf(msgType: string, content: Content): ShownOutput | undefined {
  switch (msgType) {
    case 'stream':
      return { output_type: 'stream', name: content.name, text: content.text };
    case 'display_data':
    case 'execute_result':
      return { output_type: 'display_data', data: content.data, metadata: content.metadata };
    case 'error':
      return { output_type: 'error', ename: content.ename, evalue: content.evalue, traceback: content.traceback };
    default:
      return undefined;
  }
}

/** The outputs of an Output widget, made of the messages that would have shown them below a cell. */
export class CapturedOutputs {
  #outputs: ShownOutput[];
  #clearBeforeNext = false;
  readonly #displays = new Map<string, Set<ShownOutput>>();

  constructor(outputs: unknown = []) {
    this.#outputs = Array.isArray(outputs) ? outputs.filter(isOutput) : [];
  }

  get outputs(): readonly ShownOutput[] {
    return this.#outputs;
  }

  /** Takes a message. False: it is none for this area. */
  take(msgType: string, content: Content): boolean {
    if (msgType === 'clear_output') {
      if (content.wait === true) this.#clearBeforeNext = true;
      else this.#clear();
      return true;
    }
    if (msgType === 'update_display_data') return this.#update(content);
    const output = outputOf(msgType, content);
    if (output === undefined) return false;
    if (this.#clearBeforeNext) this.#clear();
    const joined = joinStreams(this.#outputs.at(-1), output);
    if (joined === undefined) this.#outputs.push(output);
    else this.#outputs[this.#outputs.length - 1] = joined;
    const displayId = displayIdOf(content);
    if (displayId !== undefined) {
      this.#displays.set(displayId, (this.#displays.get(displayId) ?? new Set()).add(output));
    }
    return true;
  }

  #clear(): void {
    this.#outputs = [];
    this.#displays.clear();
    this.#clearBeforeNext = false;
  }

  /** A display that is not in this area is somewhere else. */
  #update(content: Content): boolean {
    const displayId = displayIdOf(content);
    const known = displayId === undefined ? undefined : this.#displays.get(displayId);
    if (known === undefined) return false;
    const output: ShownOutput = { output_type: 'display_data', data: content.data, metadata: content.metadata };
    this.#outputs = this.#outputs.map((one) => (known.has(one) ? output : one));
    known.add(output);
    return true;
  }
}

/** One output of two texts of the same stream. */
export function joinStreams(first: ShownOutput | undefined, second: ShownOutput): ShownOutput | undefined {
  if (first?.output_type !== 'stream' || second.output_type !== 'stream' || first.name !== second.name)
    return undefined;
  return { ...first, text: `${String(first.text)}${String(second.text)}` };
}

function displayIdOf({ transient }: Content): string | undefined {
  return isRecord(transient) && typeof transient.display_id === 'string' ? transient.display_id : undefined;
}

function isOutput(value: unknown): value is ShownOutput {
  return isRecord(value) && typeof value.output_type === 'string';
}
