/** The echo kernel as a program: `node echo-kernel-main.ts -f FILE`, where FILE is a connection or a registration file. */
import { parseArgs } from 'node:util';
import { newConnectionInfo } from '../../connection.ts';
import { registerKernel } from '../../handshake.ts';
import { readStartupFile } from '../../registration.ts';
import { EchoKernel } from './echo-kernel.ts';

const { values } = parseArgs({
  options: { file: { type: 'string', short: 'f' }, 'die-first': { type: 'string' }, stubborn: { type: 'boolean' } },
});
if (values['die-first'] !== undefined) {
  console.error(values['die-first']);
  process.exit(7);
}
const startup = await readStartupFile(values.file ?? '');
const info =
  startup.kind === 'connection'
    ? startup.info
    : newConnectionInfo({ key: startup.info.key, signature_scheme: startup.info.signature_scheme });
const kernel = await EchoKernel.start(info, {
  obeysShutdown: !values.stubborn,
  onShutdown: () => setTimeout(() => process.exit(0), 20),
});
process.on('SIGINT', () => kernel.interrupt());
if (values.stubborn) process.on('SIGTERM', () => undefined);
if (startup.kind === 'registration') await registerKernel(startup.info, kernel.info);
