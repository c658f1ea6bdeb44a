import { cpus, freemem, hostname, totalmem } from 'node:os';
import { immediate } from '../handlers.ts';

/** What the kernel uses: server and worker together. Not in the messaging specification: ipykernel's extension. */
export const usage = immediate('usage_request', async (kernel) => {
  const { pid } = kernel.worker;
  const { memory, percent, hostPercent } = await kernel.usage.measure(
    pid === undefined ? [process.pid] : [process.pid, pid],
  );
  const total = totalmem();
  const free = freemem();
  return {
    content: {
      status: 'ok',
      hostname: hostname(),
      pid: process.pid,
      kernel_cpu: percent,
      kernel_memory: memory,
      cpu_count: cpus().length,
      ...(hostPercent === undefined ? {} : { host_cpu_percent: hostPercent }),
      // By the names of psutil.
      host_virtual_memory: {
        total,
        available: free,
        used: total - free,
        free,
        percent: (100 * (total - free)) / total,
      },
    },
  };
});
