import { KernelTimeoutError } from '@elara/protocol/client/index';
import { bundleText } from '../terminal/bundle.ts';
import type { Printer } from './printer.ts';
import type { ConsoleSession } from './session.ts';

export const CONSOLE_HELP = `Enter runs the text when it is complete, and goes on in another line when it is not.
  Alt-Enter         another line in any case
  Tab               completes
  ?name, name?      what name is; with ?? its source too
  Up, Down          what was typed before; Ctrl-R searches in it
  Ctrl-C            interrupts what runs, or drops what is typed
  Ctrl-D, exit      leaves
Ctrl-A, -E, -K, -U, -W, -Y, -_ edit the line as in a shell; Ctrl-L clears the screen.`;

/** A question for help: `?`, `?name`, `name?`, `??name`, `name??`; undefined for other texts. */
export function parseHelp(text: string): { readonly name: string; readonly detailLevel: 0 | 1 } | undefined {
  const found = /^\s*(?:(\?{1,2})\s*([^?\s;]*)|([\p{L}_$][^?;\n]*?)(\?{1,2}))\s*$/u.exec(text);
  if (found === null) return undefined;
  const name = (found[2] ?? found[3] ?? '').trim();
  // `a ? b ?` is no question for help, but code.
  if (!/^[\p{L}\p{N}_$.[\]'"#]*$/u.test(name)) return undefined;
  return { name, detailLevel: (found[1] ?? found[4]) === '??' ? 1 : 0 };
}

/** Prints the answer if `text` is a question for help. */
export async function answerHelp(text: string, session: ConsoleSession, printer: Printer): Promise<boolean> {
  const question = parseHelp(text);
  if (question === undefined) return false;
  if (question.name === '') {
    await printer.block(CONSOLE_HELP);
    return true;
  }
  try {
    const data = await session.inspect(question.name, question.detailLevel);
    await printer.block(data === undefined ? `Nothing is known of ${question.name}.` : bundleText(data));
  } catch (error) {
    if (!(error instanceof KernelTimeoutError)) throw error;
    await printer.notice(`${error.message} The kernel may be busy.`);
  }
  return true;
}
