/** Where everything goes that a cell shows: the one way out of the worker for display and console. */
export interface Publisher {
  /** Text for a stream of the cell in whose async context this is called. */
  write(name: 'stdout' | 'stderr', text: string): void;
  /** A message for iopub, credited to the cell in whose async context this is called; stream text before it is flushed first. */
  publish(
    msgType: string,
    content: Record<string, unknown>,
    metadata?: Record<string, unknown>,
    buffers?: readonly Uint8Array[],
  ): void;
}
