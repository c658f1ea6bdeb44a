import { type Content, isRecord } from '../outputs/output.ts';

const ANSI = /\u001b\[[\d;]*[A-Za-z]/g;

/** What an `inspect_reply` says, as Markdown; undefined: nothing. Spec: messaging, "Introspection". */
export function inspectionOf(content: Content): string | undefined {
  const { found, data } = content;
  if (found !== true || !isRecord(data)) return undefined;
  const markdown = textOf(data['text/markdown']);
  if (markdown !== undefined) return markdown;
  const plain = textOf(data['text/plain'])?.replaceAll(ANSI, '').trim();
  return plain ? fenced(plain) : undefined;
}

const FIELDS =
  'File|Type|Source|String form|Length|Namespace|Subclasses|(?:Init|Class|Call) (?:docstring|signature|def)';
const DOCSTRING = new RegExp(`^Docstring:[ \\t]*\\n?([^]*?)(?=^(?:${FIELDS}):|(?![^]))`, 'm');

/** The signature in what ipykernel and its kin say of a function. */
export function signatureIn(content: Content): string | undefined {
  const [, signature] = /^(?:Init )?[Ss]ignature:\s*(.*(?:\n[ \t]+.*|\n\).*)*)/m.exec(plainOf(content)) ?? [];
  return signature?.replaceAll(/\s*\n\s*/g, ' ').trim() || undefined;
}

/** What the function's author says of it, as plain text. */
export function docstringIn(content: Content): string | undefined {
  const [, text] = DOCSTRING.exec(plainOf(content)) ?? [];
  const docstring = text?.trim();
  return docstring === '<no docstring>' ? undefined : docstring || undefined;
}

function plainOf({ data }: Content): string {
  return (isRecord(data) && textOf(data['text/plain'])?.replaceAll(ANSI, '')) || '';
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('') : undefined;
}
