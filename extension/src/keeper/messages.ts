/** What a window and a keeper say to each other: JSON-RPC over a socket of this machine. */
import type { KernelSpec } from '@elara/protocol/kernelspec';
import { NotificationType, RequestType } from 'vscode-jsonrpc/node';
import type { KernelEnd } from '../kernels/kernel.ts';
import type { Node } from '../kernels/node.ts';

/**
 * Raised when an older keeper would not understand a window of today, or the other way round: they do not see each other
 * then, and the kernels of the older one are reached by their connection files.
 */
export const INTERFACE_VERSION = 2;

/** A kernel of a keeper. */
export interface KeptModel {
  readonly id: string;
  /** Of its kernelspec. */
  readonly specName: string;
  readonly displayName: string;
  readonly language: string;
  readonly connectionFile: string;
  readonly pid: number;
  readonly cwd: string;
  /** As it was started. */
  readonly onNode?: boolean;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** How many clients are attached to it: of a window, one for each of its notebooks. */
  readonly clients: number;
  /** Since when no window is, in milliseconds since the epoch. */
  readonly unattendedSince?: number;
  /** Set once it has ended without being asked to; it can be restarted then. */
  readonly end?: KernelEnd;
}

/** What becomes of a kernel that nobody looks after. */
export interface KeepPolicy {
  /** Ends it when it has run nothing for so long, in milliseconds; 0: never. */
  readonly idleMs: number;
  /** As `idleMs`, while no window is attached. */
  readonly unattendedIdleMs: number;
  /** Ends it when no window was attached for so long, whatever it runs, in milliseconds; 0: never. */
  readonly unattendedMs: number;
  /** Starts it anew when it dies. */
  readonly restart: boolean;
}

export interface StartParams {
  readonly spec: KernelSpec;
  readonly name: string;
  readonly resourceDir?: string;
  readonly cwd: string;
  /** True if its program is a Node, whose place another one may take. */
  readonly onNode?: boolean;
  /** The whole environment: the keeper's own is that of another window. */
  readonly env: Readonly<Record<string, string>>;
  /** Until it is ready. */
  readonly timeoutMs: number;
  readonly policy: KeepPolicy;
}

interface Id {
  readonly id: string;
}

export interface Attached {
  readonly model: KeptModel;
  /**
   * What the window is to the kernel: identity of its sockets and id of its session. A window that comes back is the client
   * that left, so that it is asked for the input of the cell that it had run.
   */
  readonly client: string;
}

/** A message on iopub as JSON has it. */
export interface KeptMessage {
  readonly header: Readonly<Record<string, unknown>>;
  readonly parentHeader: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
  /** In base64. */
  readonly buffers: readonly string[];
}

/** What an error of a keeper bears besides its message. */
export interface ErrorData {
  readonly code?: string;
}

/** Comes first, or the connection is closed. */
export const Hello = new RequestType<{ readonly token: string }, { readonly version: string }, void>('hello');
/** The window that starts a kernel is attached to it. */
export const Start = new RequestType<StartParams, Attached, ErrorData>('start');
export const List = new RequestType<Record<string, never>, readonly KeptModel[], void>('list');
/** This window looks at the kernel from now on, until it detaches or its connection ends. */
export const Attach = new RequestType<Id & { readonly policy: KeepPolicy }, Attached | null, void>('attach');
export const Detach = new RequestType<Id & { readonly client: string }, null, void>('detach');
export const Interrupt = new RequestType<Id, null, ErrorData>('interrupt');
/** Answered when the new process is ready. It runs on this Node if its own is gone. */
export const Restart = new RequestType<Id & { readonly node?: Node | undefined }, KeptModel, ErrorData>('restart');
export const Shutdown = new RequestType<Id & { readonly graceMs?: number }, null, ErrorData>('shutdown');
/** See `RunningKernel.missed`. */
export const Missed = new RequestType<Id & { readonly requests: readonly string[] }, readonly KeptMessage[], void>(
  'missed',
);
export const SetPolicy = new RequestType<Id & { readonly policy: KeepPolicy }, null, void>('setPolicy');

/** A kernel ended though nobody asked for it. */
export const Ended = new NotificationType<Id & { readonly end: KernelEnd }>('ended');
/** A new process stands in its place, which a window asked for, or the policy. */
export const Restarted = new NotificationType<KeptModel>('restarted');
/** A window shut it down, or the keeper did by its policy. The reason is as in `KernelEnd`. */
export const Gone = new NotificationType<Id & { readonly reason: string }>('gone');
/** Kernels came, went or changed: see `List`. */
export const Changed = new NotificationType<Record<string, never>>('changed');
