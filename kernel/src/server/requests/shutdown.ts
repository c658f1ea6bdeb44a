import { immediate } from '../handlers.ts';

/** Ends the kernel; whoever started it starts it again after a restart. Spec: messaging, "Kernel shutdown". */
export const shutdown = immediate('shutdown_request', (kernel, request, { restart = false }) => {
  const content = { status: 'ok', restart };
  // Every client learns of it, not only the one that asked.
  kernel.iopub.publish('shutdown_reply', request.parent, content);
  return { content, after: () => kernel.end(restart ? 'restart' : 'shutdown') };
});
