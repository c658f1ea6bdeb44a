import type { KernelSpec } from '@elara/protocol/kernelspec';
import { Emitter } from '../emitter.ts';
import type { KernelsHost } from './host.ts';
import type { KernelSource } from './kernel.ts';
import { findNode, type Node } from './node.ts';
import type { Sources } from './sources.ts';
import type { Starter } from './starter.ts';

/** The kernels that the extension brings. */
export const OWN = {
  typescript: 'TypeScript (Elara)',
  javascript: 'JavaScript (Elara)',
} as const;

export type OwnLanguage = keyof typeof OWN;

const LANGUAGES = ['typescript', 'javascript'] as const satisfies readonly OwnLanguage[];

/** True for the name that the kernelspec of one has. */
export function isOwn(specName: string | undefined): boolean {
  return specName !== undefined && Object.hasOwn(OWN, specName);
}

/** They are always there. Looking for a Node to run them waits until one is wanted. */
export function ownKernels({ programs, setting }: KernelsHost, starter: Starter): Sources {
  const sources = LANGUAGES.map(
    (language): KernelSource => ({
      id: `own:${language}`,
      label: OWN[language],
      description: '',
      detail: 'Part of the extension',
      language,
      kind: 'own',
      open: async (options) => {
        const [node, { kernel }] = await Promise.all([findNode(setting('elara.node')), programs.current()]);
        const spec = ownKernelSpec(language, node, kernel, setting('elara.typeCheck'));
        return starter.start({ name: language, spec, onNode: true }, options);
      },
    }),
  );
  return {
    sources,
    onDidChange: new Emitter<void>().event,
    refresh: async () => undefined,
    reattach: async () => undefined,
    dispose: () => undefined,
  };
}

/** What starts one of our kernels. */
function ownKernelSpec(language: OwnLanguage, node: Node, entry: string, typeCheck: string): KernelSpec {
  return {
    argv: [
      node.path,
      // SQLite's notice of being experimental would be the first line of what the kernel wrote.
      '--disable-warning=ExperimentalWarning',
      entry,
      'kernel',
      '--language',
      language,
      ...(language === 'typescript' ? ['--check', typeCheck] : []),
      '--connection-file',
      '{connection_file}',
    ],
    env: node.env,
    display_name: OWN[language],
    language,
    interrupt_mode: 'message',
    kernel_protocol_version: '5.6',
    metadata: { debugger: true },
  };
}
