import { immediate } from '../handlers.ts';

/** Cells of this session and of those before it. Spec: messaging, "History". */
export const history = immediate('history_request', async (kernel, _request, query) => ({
  content: { status: 'ok', history: await kernel.history.find(query) },
}));
