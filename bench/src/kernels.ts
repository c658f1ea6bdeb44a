/** The kernels that are measured: ours and its peers, each started as its kernelspec starts it. */
import { join } from 'node:path';
import { ownKernelSpec } from '../../kernel/src/cli/own-kernelspec.ts';
import { denoExecutable, python, tslabScript } from '../../test/peers/paths.ts';
import { pythonSnippets, type Snippets, typescriptSnippets } from './snippets.ts';

export interface Kernel {
  readonly name: string;
  /** `{connection_file}` stands for the path of the connection file, as in a kernelspec. */
  readonly argv: readonly string[];
  /** `interrupt_mode` of its kernelspec. */
  readonly interruptBy: 'message' | 'signal';
  readonly snippets: Snippets;
}

const elaraScript = join(import.meta.dirname, '../../dist/elara.js');

/** Started when nothing else is asked for. `elara` may be another build: `--argv`. */
export function allKernels(elaraArgv: readonly string[] | undefined): Kernel[] {
  return [
    {
      name: 'elara',
      argv: elaraArgv ?? ownKernelSpec('typescript', elaraScript).argv,
      interruptBy: 'message',
      snippets: typescriptSnippets,
    },
    {
      name: 'deno',
      argv: [denoExecutable(), 'jupyter', '--kernel', '--conn', '{connection_file}'],
      interruptBy: 'message',
      snippets: typescriptSnippets,
    },
    {
      name: 'tslab',
      argv: [process.execPath, tslabScript, 'kernel', '--config-path={connection_file}'],
      interruptBy: 'signal',
      snippets: typescriptSnippets,
    },
    {
      name: 'ipykernel',
      argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
      interruptBy: 'signal',
      snippets: pythonSnippets,
    },
  ];
}
