import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The Python of the peers: an environment with jupyter_client and ipykernel, as `test/peers/install.ts` makes one. */
export function peerPython(): string {
  const python = process.env.ELARA_PYTHON;
  if (!python) throw new Error('Set ELARA_PYTHON to the Python of an environment with jupyter_client and ipykernel.');
  if (!existsSync(python)) throw new Error(`ELARA_PYTHON is ${python}, which does not exist.`);
  return python;
}

/** `sys.prefix` of it. */
export function peerPrefix(): string {
  return dirname(dirname(peerPython()));
}

/** What a command of it prints, with that environment on top of ours. */
export function peerOutput(command: string, args: readonly string[], env: Record<string, string> = {}): string {
  return execFileSync(join(peerPrefix(), 'bin', command), args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
