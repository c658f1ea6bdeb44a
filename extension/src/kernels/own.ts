import { join } from 'node:path';
import type { KernelSpec } from '@elara/protocol/kernelspec';
import type { Node } from './node.ts';

/** The kernels that the extension brings. */
export const OWN = {
  typescript: 'TypeScript (Elara)',
  javascript: 'JavaScript (Elara)',
} as const;

export type OwnLanguage = keyof typeof OWN;

export const OWN_LANGUAGES = Object.keys(OWN) as readonly OwnLanguage[];

/** Where the extension has its kernel's program. */
export function ownEntry(extensionPath: string): string {
  return join(extensionPath, 'kernel', 'dist', 'elara.js');
}

/** What starts one of our kernels. */
export function ownKernelSpec(language: OwnLanguage, node: Node, entry: string, typeCheck: string): KernelSpec {
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
