import { immediate } from '../handlers.ts';

/** Whether the code can be run as it is, from the parser. Spec: messaging, "Code completeness". */
export const isComplete = immediate('is_complete_request', async (_kernel, _request, { code }) => {
  const { completeness } = await import('../../language/completeness.ts');
  return { content: { ...completeness(code) } };
});
