import type { LaunchOptions } from '@elara/protocol/client/index';
import { getKernelSpec, NoSuchKernelError } from '@elara/protocol/kernelspec';
import { CliError } from './invocation.ts';
import { isLanguage, type Language } from './language.ts';
import type { NotebookMetadata } from './nbformat/notebook.ts';
import { ownKernelSpec } from './own-kernelspec.ts';

export interface ChosenKernel {
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
  /** What to give to the launcher. */
  readonly launch: Pick<LaunchOptions, 'name' | 'spec'>;
}

/** What decides which kernel is started. */
export interface KernelWish {
  /** The kernel that was asked for by name. */
  readonly name?: string | undefined;
  /** The metadata of the notebook that it is for. */
  readonly notebook?: NotebookMetadata;
  /** Absolute path of the command's file, by which our own kernel is started. */
  readonly entry: string;
}

/**
 * The kernel that was asked for, else that of the notebook, else ours. Where a kernel for TypeScript or JavaScript is not
 * installed, ours takes its place: it needs no installation.
 * @throws NoSuchKernelError, KernelSpecError; CliError ERR_NO_KERNEL when the notebook does not say what it is written in.
 */
export async function chooseKernel({ name, notebook, entry }: KernelWish): Promise<ChosenKernel> {
  const wanted = name ?? notebook?.kernelspec?.name;
  const language = ownLanguage(name === undefined ? languageOf(notebook) : name);
  if (wanted !== undefined) {
    try {
      const { spec } = await getKernelSpec(wanted);
      return { name: wanted, displayName: spec.display_name, language: spec.language, launch: { name: wanted } };
    } catch (error) {
      if (!(error instanceof NoSuchKernelError) || language === undefined) throw error;
    }
  } else if (language === undefined) {
    throw new CliError(
      'ERR_NO_KERNEL',
      `The notebook is written in ${languageOf(notebook)} and names no kernel: name one with --kernel ('elara list' shows them).`,
    );
  }
  const spec = ownKernelSpec(language, entry);
  return { name: language, displayName: spec.display_name, language, launch: { name: language, spec } };
}

/** TypeScript where the notebook says nothing. */
function languageOf(notebook: NotebookMetadata | undefined): string {
  return notebook?.kernelspec?.language ?? notebook?.language_info?.name ?? notebook?.kernelspec?.name ?? 'typescript';
}

function ownLanguage(language: string): Language | undefined {
  const lower = language.toLowerCase();
  return isLanguage(lower) ? lower : undefined;
}
