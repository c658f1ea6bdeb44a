/**
 * What the renderer of widgets in an output and the extension tell each other. VS Code carries JSON between them, so bytes
 * are in base64.
 */

/** Where in a state a buffer belongs. */
export type BufferPath = readonly (string | number)[];

export type State = Readonly<Record<string, unknown>>;

/** A model as comms carry it: the state without its bytes, and these. */
export interface WireModel {
  readonly id: string;
  readonly state: State;
  readonly bufferPaths: readonly BufferPath[];
  readonly buffers: readonly string[];
}

/** A comm message of a model, in either direction. */
export interface WireMessage {
  readonly id: string;
  /** Of the request that it is, or that it answers. */
  readonly messageId: string;
  readonly data: State;
  readonly buffers: readonly string[];
}

/** An output as notebook files have it, in so far as it is shown. */
export interface ShownOutput {
  readonly output_type: string;
  readonly [member: string]: unknown;
}

/** The content of `application/vnd.jupyter.widget-state+json`. */
export interface SavedWidgets {
  readonly version_major: number;
  readonly version_minor: number;
  readonly state: Readonly<Record<string, SavedModel>>;
}

export interface SavedModel {
  readonly model_name: string;
  readonly model_module: string;
  readonly model_module_version?: string;
  readonly state: State;
  readonly buffers?: readonly SavedBuffer[];
}

export interface SavedBuffer {
  readonly path: BufferPath;
  readonly encoding: 'base64' | 'hex';
  readonly data: string;
}

/** One life of a kernel, from its start or restart on: comms belong to it. */
export type Epoch = string;

export type FromRenderer =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly epoch: Epoch; readonly target: string; readonly message: WireMessage }
  | { readonly type: 'send'; readonly epoch: Epoch; readonly message: WireMessage }
  | { readonly type: 'close'; readonly epoch: Epoch; readonly message: WireMessage }
  /** A widget needs a module that the renderer has not. */
  | { readonly type: 'module'; readonly epoch: Epoch; readonly name: string };

export type ToRenderer =
  /** Whoever shows this notebook shall say `ready`, again if it has: the extension was started anew. */
  | { readonly type: 'hello'; readonly notebook: string }
  /** What is to be shown from now on: the answer to `ready`, and then to all when the kernel is another one. */
  | {
      readonly type: 'kernel';
      readonly isAnswer: boolean;
      readonly notebook: string;
      readonly epoch: Epoch | undefined;
      readonly models: readonly WireModel[];
      /** False while the kernel is still asked for models that it has. */
      readonly complete: boolean;
      readonly saved: SavedWidgets | undefined;
    }
  | {
      readonly type: 'opened';
      readonly epoch: Epoch;
      readonly models: readonly WireModel[];
      readonly complete: boolean;
    }
  | { readonly type: 'message'; readonly epoch: Epoch; readonly message: WireMessage }
  /** What a renderer has changed, for the others, which show the same model. */
  | { readonly type: 'changed'; readonly epoch: Epoch; readonly message: WireMessage }
  | { readonly type: 'closed'; readonly epoch: Epoch; readonly id: string }
  /** The kernel has done what a message asked for. */
  | { readonly type: 'done'; readonly epoch: Epoch; readonly messageId: string }
  /** The kernel has shown something while it did that. */
  | { readonly type: 'output'; readonly epoch: Epoch; readonly messageId: string; readonly output: ShownOutput }
  | { readonly type: 'module'; readonly name: string; readonly source: string | undefined };
