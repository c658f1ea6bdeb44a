import type { DebugProtocol } from '@vscode/debugprotocol';

/** A kernel's debugger: `debug_request` and `debug_event`. */
export interface DebugKernel {
  /** Resolves to the reply, also where that refuses. Rejects if the kernel ends or restarts before it replied. */
  request(request: DebugProtocol.Request): Promise<DebugProtocol.Response>;
  /** Ends what runs. */
  interrupt(): Promise<void>;
}

/** A cell as a debugger needs it. */
export interface Cell {
  /** Of its text document. */
  readonly uri: string;
  readonly name: string;
  readonly code: string;
  /** When it was run last, among the notebook's cells; undefined: it was not. */
  readonly order: number | undefined;
}

/** The notebook that is debugged. */
export interface Cells {
  /** Those of code, in their order. */
  all(): readonly Cell[];
  /** Whether the URI is that of a cell of any notebook. */
  isCell(uri: string): boolean;
}

/** What `debugInfo` tells, as far as it matters here. Spec: messaging, "debugInfo". */
export interface DebugInfo {
  readonly isStarted?: boolean;
  readonly tmpFilePrefix?: string;
  readonly stoppedThreads?: readonly number[];
}

export function isResponse(content: unknown): content is DebugProtocol.Response {
  return typeof content === 'object' && content !== null && 'success' in content;
}
