/** The notebook extensions that can be measured. What is specific to one of them is here, and nowhere else. */
import { commands, type Extension, extensions, Uri } from 'vscode';

/** What ours calls its kernel, and what its kernelspec is called, by which others offer it. */
const KERNEL = 'TypeScript (Elara)';
/** That of any notebook does. */
const NOTEBOOK = { viewType: 'jupyter-notebook', uri: Uri.file('/any.ipynb') };
const DEADLINE_MS = 60_000;
const POLL_MS = 10;

interface Known {
  readonly id: string;
  /** What the command lines of the processes have that it runs beside the extension host, kernels apart. */
  readonly helper?: string;
}

const KNOWN: readonly Known[] = [{ id: 'elara.elara', helper: 'elara-keeper' }, { id: 'ms-toolsai.jupyter' }];

export interface Subject extends Known {
  readonly extension: Extension<unknown>;
}

/** The one that is installed. */
export function installedSubject(): Subject {
  for (const known of KNOWN) {
    const extension = extensions.getExtension(known.id);
    if (extension) return { ...known, extension };
  }
  throw new Error(`None of these extensions is installed: ${KNOWN.map(({ id }) => id).join(', ')}.`);
}

/** The arguments of VS Code's command `notebook.selectKernel`. */
export interface Controller {
  readonly id: string;
  readonly extension: string;
}

/** Resolves when the extension offers our kernel for notebooks. It may look for kernels after its activation. */
export async function offeredKernel({ id: extension }: Subject): Promise<Controller> {
  const start = performance.now();
  for (;;) {
    // VS Code's own ids have the extension's in front.
    const kernels = await commands.executeCommand<readonly { readonly id: string; readonly label: string }[]>(
      '_resolveNotebookKernels',
      NOTEBOOK,
    );
    const found = kernels.find(({ id, label }) => id.startsWith(`${extension}/`) && label === KERNEL);
    if (found) return { id: found.id.slice(extension.length + 1), extension };
    if (performance.now() - start > DEADLINE_MS) {
      throw new Error(`${extension} does not offer ${KERNEL}, but ${kernels.map(({ label }) => label).join(', ')}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
