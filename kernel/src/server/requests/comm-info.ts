import { immediate } from '../handlers.ts';

/** Which comms are open. Spec: messaging, "Comm info". */
export const commInfo = immediate('comm_info_request', (kernel, _request, { target_name: target }) => ({
  content: { status: 'ok', comms: kernel.comms.list(target) },
}));
