import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema } from 'jsonschema';

export const specFolder = join(import.meta.dirname, '../../../spec');

/** The folders that both `spec/schemas` and `spec/examples` have. */
export const collections = ['messages', 'messages-2011', '.'] as const;

export interface SpecSchema extends Schema {
  readonly title: string;
  readonly description: string;
}

/** What `spec/examples` holds for one schema; `is` says what is special about the value. */
export interface Examples {
  readonly valid: readonly Example[];
  readonly invalid: readonly Example[];
}

export interface Example {
  readonly is: string;
  readonly value: unknown;
}

/** `spec/messages.json`: who says what, and where. */
export interface MessageIndex {
  readonly messages: Readonly<Record<string, IndexedMessage>>;
  readonly 'messages-2011': Readonly<Record<string, IndexedMessage>>;
}

export interface IndexedMessage {
  readonly channels: readonly ('shell' | 'control' | 'iopub' | 'stdin')[];
  readonly from: 'client' | 'kernel' | 'both';
  readonly reply?: string;
}

/** The JSON of a file of `spec/`. It is trusted as much as code: `T` is what the file is known to hold. */
export function readSpec<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(specFolder, ...path), 'utf8'));
}

/** Names of the JSON files of a folder of `spec/`, without their extension. */
export function namesIn(...path: string[]): string[] {
  const files = readdirSync(join(specFolder, ...path)).filter((file) => file.endsWith('.json'));
  return files.map((file) => file.slice(0, -'.json'.length)).sort();
}
