import { toCodePoints } from '@elara/protocol/code-points';
import { Hover, type HoverProvider, MarkdownString } from 'vscode';
import type { Sessions } from '../session.ts';
import type { Questions } from './asking.ts';
import { inspectionOf } from './inspection.ts';

/** Names, as most languages write them. */
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/u;

/** What the kernel knows of the name under the mouse: signature, comment, value. */
export function hoverProvider(sessions: Sessions, questions: Questions): HoverProvider {
  return {
    async provideHover(document, position, token) {
      const session = sessions.ofDocument(document);
      const range = document.getWordRangeAtPosition(position, NAME);
      if (session === undefined || range === undefined) return undefined;
      const code = document.getText();
      const cursor = toCodePoints(code, document.offsetAt(range.end));
      const question = { code, cursor_pos: cursor, detail_level: 0 } as const;
      const reply = await questions.ask(session, 'hover', (kernel) => kernel.requestInspect(question), token);
      const text = reply?.content.status === 'ok' ? inspectionOf({ ...reply.content }) : undefined;
      return text === undefined ? undefined : new Hover(new MarkdownString(text), range);
    },
  };
}
