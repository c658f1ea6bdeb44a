import type { DebugProtocol } from '@vscode/debugprotocol';
import type { RunningKernel } from '../kernels/kernel.ts';
import type { DebugKernel } from './debug-kernel.ts';

/** Whether the kernel can be debugged. Spec: messaging, "Kernel info": older kernels say `debugger: true`. */
export function hasDebugger({ info }: RunningKernel): boolean {
  return info.supported_features?.includes('debugger') === true || ('debugger' in info && info.debugger === true);
}

/** `debug_request` over the connection of @jupyterlab/services. */
export function debuggerOf(kernel: RunningKernel): DebugKernel {
  return {
    async request({ seq, command, arguments: args }) {
      const reply = await kernel.connection.requestDebug({ type: 'request', seq, command, arguments: args }).done;
      // The type of the package names the fields that every reply of the protocol has.
      return reply.content as unknown as DebugProtocol.Response;
    },
    interrupt: () => kernel.interrupt(),
  };
}

/** Listens to `debug_event`, and to the end of the process that is debugged. */
export function followDebugger(
  { connection, onDidEnd, onDidRestart }: RunningKernel,
  { onEvent, onGone }: { onEvent(event: DebugProtocol.Event): void; onGone(): void },
): { dispose(): void } {
  const messages: Parameters<typeof connection.iopubMessage.connect>[0] = (_, { header, content }) => {
    if (header.msg_type === 'debug_event') onEvent(content as unknown as DebugProtocol.Event);
  };
  const statuses: Parameters<typeof connection.statusChanged.connect>[0] = (_, status) => {
    if (status === 'restarting' || status === 'autorestarting' || status === 'dead') onGone();
  };
  connection.iopubMessage.connect(messages);
  connection.statusChanged.connect(statuses);
  const ends = [onDidEnd(onGone), onDidRestart(onGone)];
  return {
    dispose() {
      connection.iopubMessage.disconnect(messages);
      connection.statusChanged.disconnect(statuses);
      for (const end of ends) end.dispose();
    },
  };
}
