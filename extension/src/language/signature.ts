import { toCodePoints } from '@elara/protocol/code-points';
import type { Kernel } from '@jupyterlab/services';
import {
  MarkdownString,
  ParameterInformation,
  SignatureHelp,
  type SignatureHelpProvider,
  SignatureInformation,
} from 'vscode';
import type { Content } from '../outputs/output.ts';
import type { Sessions } from '../session.ts';
import { isOurKind, type Questions } from './asking.ts';
import { docstringIn, signatureIn } from './inspection.ts';
import { type OpenCall, openCall } from './open-call.ts';
import { parametersOf } from './parameters.ts';
import type { CallHelp, TypesComms } from './types-comm.ts';

/** The signatures of the call that is being written. */
export function signatureProvider(sessions: Sessions, questions: Questions, comms: TypesComms): SignatureHelpProvider {
  return {
    async provideSignatureHelp(document, position, token) {
      const session = sessions.ofDocument(document);
      if (session === undefined) return undefined;
      const code = document.getText();
      const offset = document.offsetAt(position);
      if (isOurKind(session.kernel)) {
        const ask = (kernel: Kernel.IKernelConnection) => comms.of(kernel).signature(code, offset);
        const help = await questions.ask(session, 'signature', ask, token);
        return help && helpOf(help);
      }
      // Other kernels tell the signature of a function when they are asked about its name.
      const { language } = session.kernel;
      const call = openCall(code, offset, language);
      if (call === undefined) return undefined;
      const question = { code, cursor_pos: toCodePoints(code, call.nameEnd), detail_level: 0 } as const;
      const reply = await questions.ask(session, 'signature', (kernel) => kernel.requestInspect(question), token);
      return reply?.content.status === 'ok' ? inspectedHelp({ ...reply.content }, call, language) : undefined;
    },
  };
}

function inspectedHelp(content: Content, { written }: OpenCall, language: string): SignatureHelp | undefined {
  const label = signatureIn(content);
  if (label === undefined) return undefined;
  const { places, active } = parametersOf(label, written, language);
  const signature = new SignatureInformation(label, docstringIn(content));
  signature.parameters = places.map((place) => new ParameterInformation(place));
  const help = new SignatureHelp();
  help.signatures = [signature];
  // One that is not there: none is marked.
  help.activeParameter = active ?? places.length;
  return help;
}

function helpOf({ signatures, activeSignature, activeParameter }: CallHelp): SignatureHelp {
  const help = new SignatureHelp();
  help.signatures = signatures.map(({ label, documentation, parameters }) => {
    const signature = new SignatureInformation(label, markdown(documentation));
    signature.parameters = parameters.map((each) => new ParameterInformation(each.label, markdown(each.documentation)));
    return signature;
  });
  help.activeSignature = activeSignature;
  help.activeParameter = activeParameter;
  return help;
}

function markdown(text: string): MarkdownString | undefined {
  return text === '' ? undefined : new MarkdownString(text);
}
