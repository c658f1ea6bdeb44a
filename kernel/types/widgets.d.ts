/** `elara.widgets`: controls in the notebook, whose state the cells and the frontend share. */
declare namespace ElaraWidgets {
  /** A trait has another value now. */
  interface Change<Value> {
    readonly name: string;
    readonly value: Value;
    readonly previous: Value;
  }

  /** What a widget is made of: any of its traits. A widget that it refers to may be given by its own options. */
  type Options<Traits> = { readonly [Name in keyof Traits]?: Traits[Name] | OptionsOf<Traits[Name]> };
  type OptionsOf<Value> = Value extends Widget<infer Traits> ? Options<Traits> : never;

  /** A trait of a widget. */
  type TraitOf = readonly [widget: Widget, name: string];

  interface WaitOptions {
    /** Ends the waiting. */
    readonly signal?: AbortSignal;
  }

  /** A file that a person has chosen. */
  interface UploadedFile {
    readonly name: string;
    /** Media type, as the browser guesses it. */
    readonly type: string;
    /** Bytes. */
    readonly size: number;
    readonly lastModified: Date;
    readonly content: Uint8Array;
  }

  type Bytes = ArrayBufferLike | ArrayBufferView;

  /** What every widget can do. As the result of a cell, or displayed, it is shown. */
  class Widget<Traits = unknown> {
    protected constructor();
    /** Id of its comm, by which frontends know it. */
    readonly modelId: string;
    readonly closed: boolean;
    /** Sets several traits at once: either all of them or none. */
    set(values: Options<Traits>): void;
    /** Calls the listener whenever the trait changes, whoever changes it. Returns what takes it off again. */
    on<Name extends keyof Traits & string>(
      event: `change:${Name}`,
      listener: (change: Change<Traits[Name]>) => unknown,
    ): () => void;
    /** All that has changed at once. */
    on(event: 'change', listener: (changes: readonly Change<unknown>[]) => unknown): () => void;
    /** A message of the widget's own from its other side. */
    on(event: 'message', listener: (content: unknown, buffers: readonly Uint8Array[]) => unknown): () => void;
    on(event: 'close', listener: () => unknown): () => void;
    off(event: string, listener: (...details: never[]) => unknown): void;
    /** Sends a message of its own to its other side. */
    send(content: unknown, buffers?: readonly Bytes[]): void;
    /** What changes while the action runs is sent in one message when it has ended. */
    holdSync<Result>(action: () => Result): Result;
    /** Takes it away, here and in every frontend. */
    close(): void;
  }

  class DOMWidget<Traits = unknown> extends Widget<Traits> {
    addClass(name: string): this;
    removeClass(name: string): this;
  }

  type ValueOf<Traits> = Traits extends { value: infer Value } ? Value : unknown;

  /** A widget whose value can be awaited. */
  class ValueWidget<Traits = unknown, Value = ValueOf<Traits>> extends DOMWidget<Traits> {
    /** The next value that it gets. */
    next(options?: WaitOptions): Promise<Value>;
    /** Each value that it gets, to its end. Of those that come while the loop is busy only the last. */
    [Symbol.asyncIterator](): AsyncGenerator<Value, void, undefined>;
  }

  class TextWidget<Traits = unknown> extends ValueWidget<Traits> {
    /** The text, the next time that a person presses Enter. */
    get submitted(): Promise<string>;
    on: Widget<Traits>['on'] & ((event: 'submit', listener: () => unknown) => () => void);
  }

  class ButtonWidget<Traits = unknown> extends DOMWidget<Traits> {
    on: Widget<Traits>['on'] & ((event: 'click', listener: () => unknown) => () => void);
    /** The next click. */
    get clicked(): Promise<void>;
    /** Clicks it. */
    click(): void;
    /** Each click, numbered from 1, also those that come while the loop is busy. */
    [Symbol.asyncIterator](): AsyncGenerator<number, void, undefined>;
  }

  class Container<Traits = unknown> extends DOMWidget<Traits> {}

  /** An area that shows what code prints and displays. */
  class OutputWidget<Traits = unknown> extends DOMWidget<Traits> {
    /** What the action shows, and what it has set off shows later, is shown here and not below its cell. */
    capture<Result>(action: () => Result): Result;
    appendStdout(text: string): void;
    appendStderr(text: string): void;
    /** Shows a value as `display` does. */
    append(value: unknown): Promise<void>;
    /** @param wait Only when the next output comes, so that nothing flickers. */
    clear(wait?: boolean): void;
  }

  /** What can be chosen: values, or labels with values. */
  type Choices<T> = readonly T[] | ReadonlyMap<string, T> | Readonly<Record<string, T>>;

  interface SelectionTraits<T, Value, Index, Label> {
    options: Choices<T>;
    value: Value;
    label: Label;
    index: Index;
  }

  type SelectionOptions<Traits, T, Value> = Options<Omit<Traits, 'index'>> & {
    readonly options: Choices<T>;
    readonly value?: Value;
    readonly label?: Value extends readonly unknown[] ? readonly string[] : string | null;
    readonly index?: Value extends readonly unknown[] ? readonly number[] : number | null;
  };

  /** One of its options is chosen, or none. */
  class SelectionWidget<Traits, T> extends ValueWidget<
    Omit<Traits, 'index'> & SelectionTraits<T, T | null, number | null, string | null>,
    T | null
  > {}
  interface SelectionWidget<Traits, T> extends SelectionTraits<T, T | null, number | null, string | null> {}

  /** Some of its options are chosen. */
  class MultipleSelectionWidget<Traits, T> extends ValueWidget<
    Omit<Traits, 'index'> & SelectionTraits<T, readonly T[], readonly number[], readonly string[]>,
    readonly T[]
  > {}
  interface MultipleSelectionWidget<Traits, T>
    extends SelectionTraits<T, readonly T[], readonly number[], readonly string[]> {}

  /** All options from one to another are chosen. */
  class RangeSelectionWidget<Traits, T> extends ValueWidget<
    Omit<Traits, 'index'> & SelectionTraits<T, readonly [T, T], readonly [number, number], readonly [string, string]>,
    readonly [T, T]
  > {}
  interface RangeSelectionWidget<Traits, T>
    extends SelectionTraits<T, readonly [T, T], readonly [number, number], readonly [string, string]> {}

  /** A value that a trait does not take. */
  class TraitError extends TypeError {
    readonly code: 'ERR_TRAIT';
  }

  /** What was awaited from a widget does not come any more. */
  class WidgetClosedError extends Error {
    readonly code: 'ERR_WIDGET_CLOSED';
  }

  /** A slider: for integers where all of its numbers are such, for a range where its value is [lower, upper]. */
  function slider(options: Options<IntRangeSliderTraits> & { value: readonly [number, number] }): FloatRangeSlider;
  function slider(options?: Options<IntSliderTraits>): FloatSlider;

  interface ProgressOptions {
    readonly description?: string;
    /** How many elements there are, where the iterable does not say. */
    readonly total?: number;
  }

  /** Iterates over what is given and shows how far it is. A number n stands for 0 … n-1. */
  function progress(total: number, options?: ProgressOptions): Iterable<number> & AsyncIterable<number>;
  function progress<T>(elements: Iterable<T>, options?: ProgressOptions): Iterable<T> & AsyncIterable<T>;
  function progress<T>(elements: AsyncIterable<T>, options?: ProgressOptions): AsyncIterable<T>;

  /** What the control of a parameter gives to the function. */
  type Controlled<Parameter> =
    Parameter extends ValueWidget<unknown, infer Value>
      ? Value
      : Parameter extends boolean
        ? boolean
        : Parameter extends string
          ? string
          : Parameter extends number
            ? number
            : Parameter extends readonly [number, number] | readonly [number, number, number]
              ? number
              : Parameter extends Choices<infer T>
                ? T
                : unknown;

  /**
   * Controls for the parameters of a function, and an area that shows what it prints and gives: it runs now, and whenever
   * a control changes. A parameter is a number, a text, true or false, [min, max], [min, max, step], options or a widget.
   */
  function interact<const Parameters extends Readonly<Record<string, unknown>>>(
    action: (values: { [Name in keyof Parameters]: Controlled<Parameters[Name]> }) => unknown,
    parameters: Parameters,
  ): VBox;

  interface AnyWidgetOptions<State extends object> {
    /** An ES module, its file or its URL: `export default { render({ model, el }) { … } }`. */
    readonly esm: string | URL;
    /** A style sheet, its file or its URL. */
    readonly css?: string | URL;
    /** What both sides share, with the values at first: JSON and bytes. */
    readonly state?: State;
    /** Answers what the frontend `invoke`s, by name. They give JSON, or [JSON, buffers]. */
    readonly commands?: Readonly<Record<string, (message: never, buffers: readonly Uint8Array[]) => unknown>>;
    readonly layout?: Layout | Options<LayoutTraits>;
  }

  /** A widget with a frontend of its own, by the anywidget specification (AFM). */
  type AnyWidget<State extends object> = State &
    ValueWidget<State> & { layout: Layout; tabbable: boolean | null; tooltip: string | null };
  function anywidget<State extends object>(options: AnyWidgetOptions<State>): AnyWidget<State>;

  /** Keeps two traits equal. Returns what ends it. */
  function link(source: TraitOf, target: TraitOf): () => void;
  /** Sets the target whenever the source changes. Returns what ends it. */
  function dlink<Value>(source: TraitOf, target: TraitOf, transform?: (value: Value) => unknown): () => void;
  /** As `link`, by the frontend itself, also where there is no kernel. */
  function jslink(source: TraitOf, target: TraitOf): Link;
  /** As `dlink`, by the frontend itself, also where there is no kernel. */
  function jsdlink(source: TraitOf, target: TraitOf): DirectionalLink;

  /** Closes all widgets. */
  function closeAll(): void;
}

interface Elara {
  readonly widgets: typeof ElaraWidgets;
}
