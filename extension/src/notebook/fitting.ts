import type { KernelSource } from '../kernels/kernel.ts';
import { isOwn } from '../kernels/own.ts';
import { type NotebookKernel, notebookKernel } from './metadata.ts';

type Source = Pick<KernelSource, 'kind' | 'id' | 'language'>;
type Metadata = Parameters<typeof notebookKernel>[0];

/** Whether a kernel can be meant by a notebook: ours for its language, an installed one by its name, or by its language alone. */
export function fits(source: Source, metadata: Metadata): boolean {
  const known = notebookKernel(metadata);
  if (source.kind === 'own') return known.language === source.language;
  return (
    source.kind === 'installed' && (known.specName === undefined ? isOfLanguage(source, known) : isNamed(source, known))
  );
}

/** The kernel that a notebook means, as far as it says that. Undefined: it is not there, or there are several. */
export function kernelOf<S extends Source>(sources: readonly S[], metadata: Metadata): S | undefined {
  const { specName, language } = notebookKernel(metadata);
  // Another one of the language of ours, as Deno's, is another one.
  const meant = sources.filter(
    (source) => fits(source, metadata) && (source.kind !== 'own' || (specName ?? language) === language),
  );
  return meant.find(({ kind }) => kind === 'own') ?? (meant.length === 1 ? meant[0] : undefined);
}

function isNamed({ id }: Source, { specName }: NotebookKernel): boolean {
  return id === `spec:${specName}`;
}

function isOfLanguage(source: Source, { language }: NotebookKernel): boolean {
  return language !== undefined && source.language.toLowerCase() === language && !isOwn(language);
}
