import { type SignatureHelp, SignatureHelpRequest } from 'vscode-languageserver-protocol/node';
import type { Types } from './index.ts';
import { markdownOf, plainDeclaration } from './quick-info.ts';

/** A signature of a function that is being called. */
export interface CallSignature {
  readonly label: string;
  /** Markdown. */
  readonly documentation: string;
  readonly parameters: readonly { readonly label: string; readonly documentation: string }[];
}

/** The signatures of the call at a cursor. */
export interface CallHelp {
  readonly signatures: readonly CallSignature[];
  /** Index of the one that fits what is written. */
  readonly activeSignature: number;
  /** Index of the parameter at the cursor. */
  readonly activeParameter: number;
}

const TIMEOUT_MS = 2000;

/** What can be passed to the call whose parentheses the cursor (UTF-16 offset) is in; undefined: it is in none. */
export async function callHelp(types: Types, code: string, cursor: number): Promise<CallHelp | undefined> {
  const service = await types.service();
  if (!(await service.ready())) return undefined;
  const help = await service.inTurn('signature', () => {
    const open = service.openDraft('signature', code);
    return service.ask(SignatureHelpRequest.type, open, cursor, (at) => at, { timeoutMs: TIMEOUT_MS });
  });
  return help === undefined || help === null ? undefined : asCallHelp(help, service.folder);
}

function asCallHelp({ signatures, activeSignature, activeParameter }: SignatureHelp, folder: string): CallHelp {
  const active = activeSignature ?? 0;
  return {
    signatures: signatures.map(({ label, documentation, parameters = [] }) => ({
      label: plainDeclaration(label, folder),
      documentation: markdownOf(documentation).trim(),
      parameters: parameters.map((parameter) => ({
        label: typeof parameter.label === 'string' ? parameter.label : label.slice(...parameter.label),
        documentation: markdownOf(parameter.documentation).trim(),
      })),
    })),
    activeSignature: active,
    activeParameter: signatures[active]?.activeParameter ?? activeParameter ?? 0,
  };
}
