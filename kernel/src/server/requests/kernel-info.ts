import { immediate } from '../handlers.ts';
import { kernelInformation } from '../kernel-information.ts';

/** What the kernel is. Spec: messaging, "Kernel info". */
export const kernelInfo = immediate('kernel_info_request', ({ language, worker }) => ({
  content: kernelInformation(language, { debugs: worker.debug !== undefined }),
}));
