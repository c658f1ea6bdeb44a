// What the kernel gives to cells: displays, questions to the person at the frontend, results, comms.

/** What `display` and its relatives take and give. */
declare namespace ElaraDisplay {
  interface Options {
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
  interface Handle {
    readonly id: string;
    /** Shows another value in the same place. Resolves when it is on its way. */
    readonly update: (value: unknown, options?: Pick<Options, 'raw' | 'metadata'>) => Promise<void>;
  }

  type Shown = Handle & Promise<Handle>;
  type Bytes = ArrayBufferLike | ArrayBufferView;

  /** Data in chosen media types. As the result of a cell, or displayed, it is shown as them. */
  interface Displayable {
    readonly data: Record<string, unknown>;
    readonly metadata: Record<string, unknown>;
    toString(): string;
  }

  /** A template tag that also takes a string. */
  type Tag = (source: TemplateStringsArray | string, ...values: readonly unknown[]) => Displayable;
  /** A template tag, or a function of a string, that displays what it makes. */
  type DisplayTag = (source: TemplateStringsArray | string, ...values: readonly unknown[]) => Shown;

  interface ImageOptions {
    /** CSS pixels. */
    readonly width?: number;
    /** CSS pixels. */
    readonly height?: number;
  }

  interface Display {
    (value: unknown, options?: Options): Shown;
    readonly html: DisplayTag;
    readonly md: DisplayTag;
    readonly markdown: DisplayTag;
    readonly svg: DisplayTag;
    readonly latex: DisplayTag;
    json(value: unknown, options?: { expanded?: boolean }): Shown;
    image(source: string | URL | Uint8Array | ArrayBuffer, options?: ImageOptions): Shown;
  }

  /** Members, arguments and results as in Deno 2. */
  interface DenoJupyter {
    readonly $display: unique symbol;
    /** Sends any message on iopub. */
    broadcast(
      msgType: string,
      content: Record<string, unknown>,
      extra?: { readonly metadata?: Record<string, unknown>; readonly buffers?: readonly Bytes[] },
    ): Promise<void>;
    display(
      value: unknown,
      options?: { readonly raw?: boolean; readonly update?: boolean; readonly display_id?: string },
    ): Promise<void>;
    /** Media types and data of a value. */
    format(value: unknown): Promise<Record<string, unknown>>;
    readonly html: Tag;
    readonly md: Tag;
    readonly svg: Tag;
    image(source: string | URL | Uint8Array | ArrayBuffer, options?: ImageOptions): Displayable;
  }
}

/** What a cell's result may be: anything. */
type ElaraResult = ReturnType<typeof JSON.parse>;

/** Conversations of the cells with the frontends. */
declare namespace ElaraComms {
  type Data = Readonly<Record<string, unknown>>;

  interface Message {
    readonly data: Data;
    readonly metadata: Data;
    readonly buffers: readonly Uint8Array[];
  }

  interface SendOptions {
    readonly metadata?: Data;
    readonly buffers?: readonly ElaraDisplay.Bytes[];
  }

  interface OpenOptions extends SendOptions {
    readonly data?: Data;
    /** Default: a new one. A frontend that reconnects to a comm that it knows gives its id. */
    readonly id?: string;
  }

  /** A conversation with the frontends about one thing. */
  interface Comm {
    readonly id: string;
    /** Name of what the other side has to answer for. */
    readonly target: string;
    readonly closed: boolean;
    /** Called for each message of a frontend. Those that come while nobody listens are dropped. */
    onMessage: ((message: Message) => unknown) | null;
    /** Called when a frontend closes the comm; not by `close`. */
    onClose: ((message: Message) => unknown) | null;
    /** Sends a message to the frontends. */
    send(data?: Data, options?: SendOptions): void;
    /** Closes the comm, and tells the frontends with `data`. */
    close(data?: Data, options?: SendOptions): void;
  }

  interface Comms {
    /** Answers frontends that open comms of this target. Registered again, a target is answered by the new handler. */
    registerTarget(name: string, handler: (comm: Comm, message: Message) => unknown): void;
    unregisterTarget(name: string): void;
    /** Opens a comm: the frontend is to have a handler for the target. */
    open(target: string, options?: OpenOptions): Comm;
    /** The comms that are open, by id. */
    readonly all: ReadonlyMap<string, Comm>;
  }
}

/**
 * Displays a value. Usable with and without `await`: what it returns is the handle and a promise of it.
 * `display.html`, `display.md` and so on display what they are given as that.
 */
declare var display: ElaraDisplay.Display;
/** Replaces what was displayed by an id. */
declare function updateDisplay(
  displayId: string,
  value: unknown,
  options?: Pick<ElaraDisplay.Options, 'raw' | 'metadata'>,
): Promise<void>;
/** Clears the output of the cell, with `wait` only when the next output comes. */
declare function clearOutput(wait?: boolean): void;
/** HTML to be shown. */
declare var html: ElaraDisplay.Tag;
/** Markdown to be shown. */
declare var md: ElaraDisplay.Tag;
/** SVG to be shown. */
declare var svg: ElaraDisplay.Tag;
/** LaTeX to be shown; `$$` are added where it has no delimiters. */
declare var latex: ElaraDisplay.Tag;
/** A value that frontends show as a tree. */
declare function json(value: unknown, options?: { expanded?: boolean }): ElaraDisplay.Displayable;
/**
 * An image: PNG, JPEG, GIF, WebP, SVG or PDF.
 * @param source Path of a file, a data URL, or bytes.
 */
declare function image(
  source: string | URL | Uint8Array | ArrayBuffer,
  options?: ElaraDisplay.ImageOptions,
): ElaraDisplay.Displayable;

/** Asks the person at the frontend for a line, and waits for it. Null where it was cancelled. */
declare function prompt(message?: unknown, initial?: unknown): string | null;
/** Asks the person at the frontend a question, and waits for yes or no. */
declare function confirm(message?: unknown): boolean;
/** Tells the person at the frontend something, and waits until it was read. */
declare function alert(message?: unknown): void;
/** Asks the person at the frontend for a line. */
declare function input(message?: unknown, options?: { readonly password?: boolean }): Promise<string>;
/** Asks the person at the frontend for a line that is not shown. */
declare function password(message?: unknown): Promise<string>;

/** The result of the last cell. */
declare var _: ElaraResult;
/** The result of the cell before the last. */
declare var __: ElaraResult;
/** The result of the cell before that. */
declare var ___: ElaraResult;
/** The sources of the cells, by number. */
declare var In: string[];
/** The results of the cells, by number. */
declare var Out: Record<number, ElaraResult>;

/** What notebooks written for Deno use of it. */
declare const Deno: { jupyter: ElaraDisplay.DenoJupyter };
/** What the kernel gives to those who know Jupyter. */
declare var Jupyter: { comms: ElaraComms.Comms };
