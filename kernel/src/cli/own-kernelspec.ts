import { realpathSync } from 'node:fs';
import type { KernelSpec } from '@elara/protocol/kernelspec';
import manifest from '../../package.json' with { type: 'json' };
import type { CheckMode } from '../link.ts';
import type { Language } from './language.ts';

const displayNames: Record<Language, string> = { typescript: 'TypeScript (Elara)', javascript: 'JavaScript (Elara)' };

export interface OwnKernelSpecOptions {
  readonly displayName?: string | undefined;
  /** What cells with type errors do, where it is not the default. */
  readonly check?: CheckMode | undefined;
}

/**
 * The kernelspec (JEP 105) that starts our kernel by absolute paths: this Node with this command, wherever and by whoever
 * it is started.
 * @param entry Absolute path of the command's file.
 */
export function ownKernelSpec(
  language: Language,
  entry: string,
  { displayName = displayNames[language], check }: OwnKernelSpecOptions = {},
): KernelSpec {
  return {
    argv: [
      realpathSync(process.execPath),
      // SQLite's notice of being experimental, on every start in every frontend's log, would tell no one anything.
      '--disable-warning=ExperimentalWarning',
      entry,
      'kernel',
      '--language',
      language,
      ...(check === undefined ? [] : ['--check', check]),
      '--connection-file',
      '{connection_file}',
    ],
    display_name: displayName,
    language,
    interrupt_mode: 'message',
    kernel_protocol_version: '5.6',
    metadata: { debugger: true, supported_encryption: ['curve'], elara: { version: manifest.version } },
  };
}

/** True for a kernelspec that `elara install` wrote. */
export function isOwnKernelSpec(spec: KernelSpec): boolean {
  return spec.metadata?.elara !== undefined;
}
