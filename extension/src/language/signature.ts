import { toCodePoints } from '@elara/protocol/code-points';
import type { Kernel } from '@jupyterlab/services';
import {
  MarkdownString,
  ParameterInformation,
  SignatureHelp,
  type SignatureHelpProvider,
  SignatureInformation,
} from 'vscode';
import type { Sessions } from '../session.ts';
import { isOurKind, type Questions } from './asking.ts';
import { signatureIn } from './inspection.ts';
import { openCall } from './open-call.ts';
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
      const callee = openCall(code, offset, session.kernel.language);
      if (callee === undefined) return undefined;
      const question = { code, cursor_pos: toCodePoints(code, callee), detail_level: 0 } as const;
      const reply = await questions.ask(session, 'signature', (kernel) => kernel.requestInspect(question), token);
      const signature = reply?.content.status === 'ok' ? signatureIn({ ...reply.content }) : undefined;
      if (signature === undefined) return undefined;
      const help = new SignatureHelp();
      help.signatures = [new SignatureInformation(signature)];
      return help;
    },
  };
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
