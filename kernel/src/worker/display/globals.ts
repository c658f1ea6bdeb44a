/** What cells call to show things: `display` and its relatives. */
import { randomUUID } from 'node:crypto';
import type { Publisher } from '../publisher.ts';
import { $display, encodeData, isMimeData, type MimeBundle } from './bundle.ts';
import { createDenoJupyter, type DenoJupyter } from './deno.ts';
import { type Displayable, html, type ImageOptions, image, json, latex, md, svg, type Tag } from './displayable.ts';
import { mimeBundle, textBundle } from './mime-bundle.ts';

export interface DisplayOptions {
  /** Name by which the display is updated later; without one, a display gets its own. */
  readonly displayId?: string;
  /** Deno's name of `displayId`. */
  readonly display_id?: string;
  /** Replaces what was displayed by this id, wherever that is, and displays nothing new. */
  readonly update?: boolean;
  /** The value is a bundle: an object of media types and their data. */
  readonly raw?: boolean;
  /** By media type; added to what the value brings. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Something displayed, which can be replaced. */
export interface DisplayHandle {
  readonly id: string;
  /** Shows another value in the same place. Resolves when it is on its way. */
  readonly update: (value: unknown, options?: Pick<DisplayOptions, 'raw' | 'metadata'>) => Promise<void>;
  /** A cell that ends in `display(x)` shows x, not its handle. */
  readonly [$display]: () => undefined;
}

/** A template tag, or a function of a string, that displays what it makes. */
export type DisplayTag = (...source: Parameters<Tag>) => DisplayHandle & Promise<DisplayHandle>;

/**
 * Displays a value. Usable with and without `await`: what it returns is the handle and a promise of it, which resolves
 * when the value is on its way (at once, unless the value's own display method is asynchronous).
 */
export interface Display {
  (value: unknown, options?: DisplayOptions): DisplayHandle & Promise<DisplayHandle>;
  readonly html: DisplayTag;
  readonly md: DisplayTag;
  readonly markdown: DisplayTag;
  readonly svg: DisplayTag;
  readonly latex: DisplayTag;
  json(value: unknown, options?: { expanded?: boolean }): DisplayHandle & Promise<DisplayHandle>;
  image(
    source: string | URL | Uint8Array | ArrayBuffer,
    options?: ImageOptions,
  ): DisplayHandle & Promise<DisplayHandle>;
}

export interface DisplayGlobals {
  readonly display: Display;
  /** Replaces what was displayed by an id. */
  updateDisplay(displayId: string, value: unknown, options?: Pick<DisplayOptions, 'raw' | 'metadata'>): Promise<void>;
  /** Clears the output of the cell, with `wait` only when the next output comes. */
  clearOutput(wait?: boolean): void;
  readonly html: Tag;
  readonly md: Tag;
  readonly svg: Tag;
  readonly latex: Tag;
  readonly json: typeof json;
  readonly image: typeof image;
  /** The object `Deno.jupyter`. */
  readonly jupyter: DenoJupyter;
  /**
   * Resolves when every display begun so far is on its way, or after `timeoutMs` with the number of those that are not.
   * For the end of a cell: what it displays must come before its reply.
   */
  settled(timeoutMs?: number): Promise<number>;
}

const SETTLE_MS = 5_000;

/** The globals of the cells of one worker. */
export function createDisplayGlobals(publisher: Publisher): DisplayGlobals {
  const pending = new Set<Promise<void>>();

  function send(bundle: MimeBundle, id: string, update: boolean, metadata: DisplayOptions['metadata'] = {}): void {
    publisher.publish(update ? 'update_display_data' : 'display_data', {
      data: bundle.data,
      metadata: { ...bundle.metadata, ...metadata },
      transient: { display_id: id },
    });
  }

  /** Sends a value after whatever its display still has to send; undefined where that is done at once. */
  function show(
    value: unknown,
    id: string,
    options: DisplayOptions,
    before: Promise<void> | undefined,
  ): Promise<void> | undefined {
    const made = bundleOf(value, options);
    const update = options.update === true;
    if (before === undefined && !(made instanceof Promise)) {
      if (made !== null) send(made, id, update, options.metadata);
      return undefined;
    }
    const sent = Promise.all([made, before]).then(([bundle]) => {
      if (bundle !== null) send(bundle, id, update, options.metadata);
    });
    const ended = sent.then(noop, noop).then(() => void pending.delete(ended));
    pending.add(ended);
    return sent;
  }

  function display(value: unknown, options: DisplayOptions = {}): DisplayHandle & Promise<DisplayHandle> {
    const id = options.displayId ?? options.display_id ?? randomUUID();
    let last = show(value, id, options, undefined);
    const handle: DisplayHandle = {
      id,
      async update(next, how = {}) {
        last = show(next, id, { ...how, update: true }, last);
        await last;
      },
      [$display]: () => undefined,
    };
    return Object.assign(last === undefined ? Promise.resolve(handle) : last.then(() => handle), handle);
  }

  const displayed =
    <Arguments extends readonly unknown[]>(make: (...source: Arguments) => Displayable) =>
    (...source: Arguments) =>
      display(make(...source));

  return {
    display: Object.assign(display, {
      html: displayed(html),
      md: displayed(md),
      markdown: displayed(md),
      svg: displayed(svg),
      latex: displayed(latex),
      json: displayed(json),
      image: displayed(image),
    }),
    updateDisplay(displayId, value, options = {}) {
      const shown = Promise.resolve(show(value, displayId, { ...options, update: true }, undefined));
      // A cell that ends in it shows nothing of its own.
      return Object.assign(shown, { [$display]: () => undefined });
    },
    clearOutput(wait = false) {
      publisher.publish('clear_output', { wait: Boolean(wait) });
    },
    html,
    md,
    svg,
    latex,
    json,
    image,
    jupyter: createDenoJupyter(publisher),
    settled: (timeoutMs = SETTLE_MS) => settle(pending, timeoutMs),
  };
}

function noop(): void {}

function bundleOf(value: unknown, options: DisplayOptions): MimeBundle | null | Promise<MimeBundle | null> {
  if (isMimeData(value)) return { data: encodeData(value), metadata: {} };
  if (options.raw === true && typeof value === 'object' && value !== null) {
    return { data: encodeData(Object.fromEntries(Object.entries(value))), metadata: {} };
  }
  // Who displays undefined wants to see it.
  return value === undefined ? textBundle(value) : mimeBundle(value);
}

async function settle(pending: ReadonlySet<Promise<void>>, timeoutMs: number): Promise<number> {
  if (pending.size === 0) return 0;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([Promise.all(pending), timeout]);
  clearTimeout(timer);
  return pending.size;
}
