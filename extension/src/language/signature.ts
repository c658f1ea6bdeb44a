import { toCodePoints } from '@elara/protocol/code-points';
import {
  MarkdownString,
  ParameterInformation,
  SignatureHelp,
  type SignatureHelpProvider,
  SignatureInformation,
} from 'vscode';
import type { Session, Sessions } from '../session.ts';
import { answerOf, canAsk, isOurKind } from './asking.ts';
import { signatureIn } from './inspection.ts';
import type { CallHelp, TypesComms } from './types-comm.ts';

/** The signatures of the call that is being written. */
export function signatureProvider(sessions: Sessions, comms: TypesComms): SignatureHelpProvider {
  return {
    async provideSignatureHelp(document, position, token) {
      const session = sessions.ofDocument(document);
      if (session === undefined || !canAsk(session)) return undefined;
      const code = document.getText();
      const offset = document.offsetAt(position);
      if (isOurKind(session.kernel)) {
        const help = await answerOf(comms.of(session.kernel.connection).signature(code, offset), token);
        return help && helpOf(help);
      }
      const signature = await answerOf(inspected(session, code, offset), token);
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

/** Other kernels tell the signature of the function before the parenthesis. */
async function inspected({ kernel }: Session, code: string, offset: number): Promise<string | undefined> {
  const open = code.lastIndexOf('(', offset - 1);
  if (open <= 0) return undefined;
  const cursor = toCodePoints(code, open);
  const { content } = await kernel.connection.requestInspect({ code, cursor_pos: cursor, detail_level: 0 });
  return content.status === 'ok' ? signatureIn({ ...content }) : undefined;
}

function markdown(text: string): MarkdownString | undefined {
  return text === '' ? undefined : new MarkdownString(text);
}
