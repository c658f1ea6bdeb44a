import { immediate } from '../handlers.ts';

/** Stops the running cell: a loop, an await or a pending input. Spec: messaging, "Kernel interrupt". */
export const interrupt = immediate('interrupt_request', (kernel) => {
  kernel.interrupt();
  return { content: { status: 'ok' } };
});
