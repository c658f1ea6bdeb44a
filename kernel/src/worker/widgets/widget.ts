import { inspect } from 'node:util';
import type { Bytes } from '../comms/index.ts';
import { $display } from '../display/index.ts';
import { bytesOf } from './buffers.ts';
import type { Listener } from './events.ts';
import type { Model } from './model.ts';

const HIDDEN = /^_|^(msgId|outputs)$/;
/** They say again what the value says. */
const HIDDEN_OF_SELECTIONS = /^_|^(index|label)$/;

const models = new WeakMap<object, Model>();

/** The kernel's side of a widget. @throws TypeError for anything else */
export function modelOf(widget: object): Model {
  const model = models.get(widget);
  if (model === undefined) throw new TypeError('This is no widget.');
  return model;
}

/** What was awaited from a widget does not come any more. */
export class WidgetClosedError extends Error {
  override readonly name = 'WidgetClosedError';
  readonly code = 'ERR_WIDGET_CLOSED';
  constructor(widget: string) {
    super(`The ${widget} was closed.`);
  }
}

export interface WaitOptions {
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

/** What cells have of every widget. The traits are added as properties by `classes.ts`. */
export class Widget {
  constructor(model: Model) {
    models.set(this, model);
    model.owner = this;
  }

  /** Id of its comm, by which frontends know it. */
  get modelId(): string {
    return modelOf(this).id;
  }

  get closed(): boolean {
    return modelOf(this).closed;
  }

  set(values: Readonly<Record<string, unknown>>): void {
    modelOf(this).set(values);
  }

  on(event: string, listener: Listener): () => void {
    return modelOf(this).events.on(event, listener);
  }

  off(event: string, listener: Listener): void {
    modelOf(this).events.off(event, listener);
  }

  /** Sends a message of its own to its other side. */
  send(content: unknown, buffers: readonly Bytes[] = []): void {
    modelOf(this).sendCustom(
      content,
      buffers.map((bytes) => bytesOf(bytes) ?? new Uint8Array()),
    );
  }

  /** What changes while `action` runs is sent in one message when it has ended. */
  holdSync<Result>(action: () => Result): Result {
    const end = modelOf(this).hold();
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

  close(): void {
    modelOf(this).close();
  }

  [$display](): Record<string, unknown> {
    const model = modelOf(this);
    const text = { 'text/plain': inspect(this) };
    if (model.closed || model.spec.view === null) return text;
    // What the frontend is going to show is to be what it is now.
    model.flush();
    const view = { version_major: 2, version_minor: 0, model_id: model.id };
    return { 'application/vnd.jupyter.widget-view+json': view, ...text };
  }

  /** Its class, and the traits that are not what they are by default. What an output area shows is not repeated. */
  [inspect.custom](depth: number, options: { stylize: (text: string, style: 'special') => string }): string {
    const { spec, traits } = modelOf(this);
    const hidden = traits.has('options') && traits.has('label') ? HIDDEN_OF_SELECTIONS : HIDDEN;
    const shown = [...traits].filter(([name, { type }]) => !hidden.test(name) && type !== 'reference');
    const values = shown.flatMap(([name, trait]) => {
      const value = modelOf(this).get(name);
      return isDefault(value, trait.default) ? [] : [[name, value] as const];
    });
    const closed = this.closed ? ' (closed)' : '';
    const name = options.stylize(spec.name, 'special') + closed;
    if (values.length === 0) return name;
    if (depth < 0) return `${name} {…}`;
    return `${name} ${inspect(Object.fromEntries(values), { ...options, depth })}`;
  }
}

function isDefault(value: unknown, initial: unknown): boolean {
  if (value instanceof Uint8Array) return value.length === 0;
  if (Array.isArray(value) && value.length === 0) return true;
  return JSON.stringify(value ?? null) === JSON.stringify(initial ?? null);
}

export class DOMWidget extends Widget {
  addClass(name: string): this {
    const classes = new Set(classesOf(this)).add(name);
    modelOf(this).set({ _domClasses: [...classes] });
    return this;
  }

  removeClass(name: string): this {
    modelOf(this).set({ _domClasses: classesOf(this).filter((one) => one !== name) });
    return this;
  }
}

function classesOf(widget: DOMWidget): readonly string[] {
  const classes = modelOf(widget).get('_domClasses');
  return Array.isArray(classes) ? classes : [];
}

/** Resolves with what `pick` gives at the next event. Rejects when the widget is closed or the signal aborts. */
export function nextEvent<Value>(
  widget: Widget,
  event: string,
  pick: (...details: never[]) => Value,
  { signal }: WaitOptions = {},
): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const { events, spec } = modelOf(widget);
  const closed = (): void => reject(new WidgetClosedError(spec.name));
  const aborted = (): void => reject(signal?.reason);
  const offs = [
    events.on(event, (...details: never[]) => resolve(pick(...details))),
    events.on('close', closed),
    () => signal?.removeEventListener('abort', aborted),
  ];
  signal?.addEventListener('abort', aborted, { once: true });
  if (signal?.aborted) aborted();
  if (widget.closed) closed();
  return promise.finally(() => {
    for (const off of offs) off();
  });
}
