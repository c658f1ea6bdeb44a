/** What widgets a notebook has shown, so that it shows them again when it is opened without a kernel. */
import { isMessage } from '@elara/protocol/client/messages';
import { parentId, type ReceivedMessage } from '@elara/protocol/message';
import { joinBuffers, separateBuffers } from '../../worker/widgets/buffers.ts';
import type { Output } from '../nbformat/notebook.ts';
import { type DisplayIds, OutputArea } from '../nbformat/output-area.ts';

const TARGET = 'jupyter.widget';
const OUTPUTS: ReadonlySet<string> = new Set(['stream', 'display_data', 'execute_result', 'error', 'clear_output']);
const STATE_TYPE = 'application/vnd.jupyter.widget-state+json';

type State = Record<string, unknown>;

/** What an output widget shows. */
interface Shown {
  /** What the kernel has put there. */
  readonly before: readonly unknown[];
  /** What was taken since. */
  readonly area: OutputArea;
}

/**
 * The frontend's side of the widgets, as far as a run without a person needs one: it keeps their states, and moves the
 * outputs that output widgets take. By the rules of nbclient.
 */
export class WidgetStates {
  readonly #states = new Map<string, State>();
  /** The widgets that take the outputs of a request. The last one that asked has them. */
  readonly #takers = new Map<string, readonly string[]>();
  readonly #shown = new Map<string, Shown>();
  readonly #taken = new WeakSet<ReceivedMessage>();
  readonly #displays: DisplayIds;
  readonly #tell: (comm: string, state: State) => void;

  /** @param tell Sends a part of a widget's state to the kernel. */
  constructor(displays: DisplayIds, tell: (comm: string, state: State) => void) {
    this.#displays = displays;
    this.#tell = tell;
  }

  /** Takes every message of iopub, in order. */
  accept(message: ReceivedMessage): void {
    if (isMessage(message, 'comm_open')) {
      const { comm_id: id, target_name: target, data } = message.content;
      if (target === TARGET) this.#update(id, data, message.buffers);
    } else if (isMessage(message, 'comm_msg')) {
      const { comm_id: id, data } = message.content;
      if (this.#states.has(id) && data.method !== 'custom') this.#update(id, data, message.buffers);
    } else if (isMessage(message, 'comm_close')) {
      this.#states.delete(message.content.comm_id);
    } else {
      this.#take(message);
    }
  }

  /** Whether a widget has taken this message, so that its cell does not show it. */
  hasTaken(message: ReceivedMessage): boolean {
    return this.#taken.has(message);
  }

  /** What belongs into the metadata of the notebook; undefined where no widget was made. */
  metadata(): Record<string, unknown> | undefined {
    if (this.#states.size === 0) return undefined;
    const states = [...this.#states].map(([id, one]) => {
      const outputs = this.#shown.has(id) ? { outputs: this.#outputsOf(id) } : {};
      return [id, savedState({ ...one, ...outputs })];
    });
    const state = Object.fromEntries(states);
    return { [STATE_TYPE]: { version_major: 2, version_minor: 0, state } };
  }

  #update(id: string, data: Readonly<Record<string, unknown>>, buffers: readonly Uint8Array[]): void {
    const update = joinBuffers(data.state, data.buffer_paths, buffers);
    // What comes back of what was told here is old by now.
    if (data.method === 'echo_update') delete update.outputs;
    const before = this.#states.get(id);
    this.#states.set(id, { ...before, ...update });
    if (Array.isArray(update.outputs)) {
      this.#shown.set(id, { before: update.outputs, area: new OutputArea(this.#displays) });
    }
    if (typeof update.msg_id === 'string') this.#takeFor(id, String(before?.msg_id ?? ''), update.msg_id);
  }

  /** An output widget takes the outputs of another request than before; '' is none. */
  #takeFor(widget: string, before: string, request: string): void {
    if (before === request) return;
    const others = this.#takers.get(before)?.filter((one) => one !== widget) ?? [];
    if (others.length > 0) this.#takers.set(before, others);
    else this.#takers.delete(before);
    if (request !== '') this.#takers.set(request, [...(this.#takers.get(request) ?? []), widget]);
    else this.#tell(widget, { outputs: this.#outputsOf(widget) });
  }

  #take(message: ReceivedMessage): void {
    const widget = this.#takers.get(parentId(message) ?? '')?.at(-1);
    if (widget === undefined || !this.#states.has(widget) || !OUTPUTS.has(message.header.msg_type)) return;
    this.#taken.add(message);
    const { before, area } = this.#shown.get(widget) ?? { before: [], area: new OutputArea(this.#displays) };
    area.accept(message);
    this.#shown.set(widget, { before: isMessage(message, 'clear_output') ? [] : before, area });
  }

  #outputsOf(widget: string): unknown[] {
    const { before = [], area } = this.#shown.get(widget) ?? {};
    return [...before, ...(area?.outputs() ?? []).map(withWholeText)];
  }
}

function withWholeText(output: Output): Output {
  return output.output_type === 'stream' ? { ...output, text: [output.text].flat().join('') } : output;
}

/** Bytes are written in base64 beside the state. Spec: @jupyter-widgets/schema, v2/state.schema.json. */
function savedState(whole: State): State {
  const { _model_name, _model_module, _model_module_version } = whole;
  const { state, paths, buffers } = separateBuffers(whole);
  const encoded = paths.map((path, index) => {
    const bytes = buffers[index] ?? new Uint8Array();
    return { path, encoding: 'base64', data: Buffer.from(bytes).toString('base64') };
  });
  return {
    model_name: _model_name,
    model_module: _model_module,
    model_module_version: _model_module_version,
    state,
    ...(encoded.length > 0 && { buffers: encoded }),
  };
}
