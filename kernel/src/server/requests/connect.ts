import { immediate } from '../handlers.ts';

/** The ports of the channels. Spec: messaging, "Connect"; the adapter adds the names of 2011. */
export const connect = immediate('connect_request', ({ info }) => ({
  content: {
    status: 'ok',
    shell_port: info.shell_port,
    iopub_port: info.iopub_port,
    stdin_port: info.stdin_port,
    control_port: info.control_port,
    hb_port: info.hb_port,
  },
}));
