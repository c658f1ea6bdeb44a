/** Jupyter beside VS Code: kernelspecs that the extension finds, kernels and clients of somebody else. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python } from '../../peers/paths.ts';
import type { CodeServer } from './server.ts';
import { until } from './waiting.ts';

export const IPYKERNEL = 'Python 3 (ipykernel)';

/** Writes a kernelspec where Jupyter looks. Returns its folder. */
export function installKernelSpec(server: CodeServer, name: string, spec: object | string): string {
  const folder = join(String(server.env.JUPYTER_PATH), 'kernels', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), typeof spec === 'string' ? spec : JSON.stringify(spec));
  return folder;
}

/** Makes Jupyter's Python kernel known, that of the peers' environment. */
export function installPythonKernel(server: CodeServer): void {
  installKernelSpec(server, 'python3', {
    argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
    display_name: IPYKERNEL,
    language: 'python',
    metadata: { debugger: true },
  });
}

export const BASH = 'Bash';

/** Makes the kernel of bash known, of the peers' environment. */
export function installBashKernel(server: CodeServer): void {
  installKernelSpec(server, 'bash', {
    argv: [python, '-m', 'bash_kernel', '-f', '{connection_file}'],
    display_name: BASH,
    language: 'bash',
    env: { PS1: '$' },
  });
}

/** A Python kernel that somebody started in a terminal. Ends with the scenario. Returns its connection file. */
export async function startPythonKernel(server: CodeServer): Promise<string> {
  const file = join(String(server.env.JUPYTER_RUNTIME_DIR), `kernel-by-hand-${Date.now()}.json`);
  spawn(python, ['-m', 'ipykernel_launcher', '-f', file], { env: server.env, stdio: 'ignore' });
  await until(`the connection file ${file}`, () => readFileSync(file, 'utf8').trimEnd().endsWith('}'));
  return file;
}

const CLIENT = `
import sys
from jupyter_client import BlockingKernelClient
client = BlockingKernelClient(connection_file=sys.argv[1])
client.load_connection_file()
client.start_channels()
client.wait_for_ready(timeout=60)
print('ready', flush=True)
for line in sys.stdin:
    reply = client.execute_interactive(line, timeout=60)
    print('done', reply['content']['status'], flush=True)
`;

/** Another client of a kernel: jupyter_client, which runs lines one by one. */
export class OtherClient implements Disposable {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(process: ChildProcess, lines: AsyncIterator<string>) {
    this.#process = process;
    this.#lines = lines;
  }

  static async connect(server: CodeServer, connectionFile: string): Promise<OtherClient> {
    const child = spawn(python, ['-c', CLIENT, connectionFile], {
      env: server.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const client = new OtherClient(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    await client.#answer(/^ready$/);
    return client;
  }

  /** Runs one line and waits for its end. */
  async run(line: string): Promise<void> {
    this.#process.stdin?.write(`${line}\n`);
    await this.#answer(/^done ok$/);
  }

  async #answer(wanted: RegExp): Promise<void> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error('The other client ended.');
      if (wanted.test(value)) return;
    }
  }

  [Symbol.dispose](): void {
    this.#process.kill('SIGKILL');
  }
}
