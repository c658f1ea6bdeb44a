import type { KernelMessage } from '@jupyterlab/services';
import { isRecord } from '../outputs/output.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a notebook says of its kernel: nbformat's metadata, which VS Code keeps under `metadata`. */
export interface NotebookKernel {
  readonly specName: string | undefined;
  readonly language: string | undefined;
}

export function notebookKernel(notebookMetadata: Json): NotebookKernel {
  const { metadata } = notebookMetadata;
  const { kernelspec, language_info: info } = isRecord(metadata) ? metadata : {};
  const spec = isRecord(kernelspec) ? kernelspec : {};
  const language = isRecord(info) && info.name !== undefined ? info.name : spec.language;
  return {
    specName: typeof spec.name === 'string' ? spec.name : undefined,
    language: typeof language === 'string' ? language.toLowerCase() : undefined,
  };
}

export interface UsedKernel {
  readonly specName: string | undefined;
  readonly displayName: string;
  readonly language: string;
  readonly info: KernelMessage.IInfoReply;
}

/** The notebook's metadata with the kernel that runs it; undefined if they say so already. */
export function withKernel(notebookMetadata: Json, kernel: UsedKernel): Json | undefined {
  const metadata = isRecord(notebookMetadata.metadata) ? notebookMetadata.metadata : {};
  const known = notebookKernel(notebookMetadata);
  const language = kernel.language.toLowerCase();
  const specName = kernel.specName ?? (known.language === language ? known.specName : undefined) ?? language;
  const info = isRecord(metadata.language_info) ? metadata.language_info : {};
  // A newer version of the same language is no reason to change a notebook.
  if (known.specName === specName && info.name === kernel.info.language_info.name) return undefined;
  return {
    ...notebookMetadata,
    metadata: {
      ...metadata,
      kernelspec: { display_name: kernel.displayName, language: kernel.language, name: specName },
      language_info: { ...kernel.info.language_info },
    },
  };
}
