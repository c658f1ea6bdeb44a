import { immediate } from '../handlers.ts';

/** There is no debugger yet: `supported_features` does not name it. The reply has the form of the Debug Adapter Protocol. */
export const debug = immediate('debug_request', (_kernel, _request, { seq = 0, command }) => ({
  content: {
    type: 'response',
    request_seq: seq,
    success: false,
    command,
    message: 'this kernel has no debugger: its kernel_info_reply does not list "debugger"',
  },
}));
