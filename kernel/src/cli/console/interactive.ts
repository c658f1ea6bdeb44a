import { isMessage } from '@elara/protocol/client/index';
import { AfterInterrupt } from './after-interrupt.ts';
import { answerHelp, parseHelp } from './help.ts';
import { InputHistory } from './input-history.ts';
import { Keyboard, type TerminalInput } from './keyboard.ts';
import { type EditorAssistance, LineEditor, type Typed } from './line-editor.ts';
import type { Printer } from './printer.ts';
import type { TerminalOutput } from './screen.ts';
import type { ConsoleSession } from './session.ts';

export interface Terminal {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
}

const PROMPT_COLOUR = '\x1b[32m';

/** The console on a terminal, until the person leaves. @throws KernelDiedError */
export async function interact(
  session: ConsoleSession,
  printer: Printer,
  { stdin, stdout }: Terminal,
  ended: AbortSignal,
): Promise<void> {
  using keyboard = new Keyboard(stdin, stdout);
  const editor = new LineEditor(keyboard, stdout);
  const history = new InputHistory(await session.history());
  const assistance: EditorAssistance = {
    language: session.language,
    history,
    // What is for the console itself is no code of which the kernel could say whether it is complete.
    enter: async (text) => (parseHelp(text) || isFarewell(text) ? { done: true } : await session.enter(text)),
    complete: (buffer) => session.complete(buffer),
  };
  // A dead kernel, or a signal: whoever reads keys is told that there are no more.
  const leave = (): void => keyboard.inject({ name: 'end-of-keys', text: '' });
  ended.addEventListener('abort', leave);
  const died = Promise.withResolvers<never>();
  died.promise.catch(leave);
  using _death = session.client.onDeath((error) => died.reject(error));
  using _late = session.onLateOutput((message) => {
    void editor.printAbove(async () => {
      if (isMessage(message, 'status')) await printer.notice('The kernel is restarting.');
      else await printer.print(message);
      await printer.freshLine();
    });
  });

  let initial = '';
  while (!ended.aborted) {
    await printer.freshLine();
    const prompt = `In [${session.nextCount}]: `;
    const typed = await editor.read({
      prompt,
      continuation: '...: '.padStart(prompt.length),
      promptColour: PROMPT_COLOUR,
      initial,
      assistance,
    });
    initial = '';
    if (typed.kind === 'end') break;
    if (typed.kind === 'interrupt' || typed.text.trim() === '') continue;
    history.add(typed.text);
    if (isFarewell(typed.text)) break;
    if (await answerHelp(typed.text, session, printer)) continue;
    initial = await runCell(typed.text);
  }
  if (!session.client.alive) await died.promise;

  /** Runs a cell; returns what the kernel wants to stand in the next one (payload `set_next_input`). */
  async function runCell(code: string): Promise<string> {
    const output = new AfterInterrupt(printer);
    keyboard.onInterrupt = () => {
      output.interrupted();
      session.interrupt().catch((error: Error) => printer.notice(`Not interrupted: ${error.message}`));
    };
    try {
      const reply = await session.run(code, {
        onOutput: (message) => output.print(message),
        onInput: (prompt, hidden, over) => ask(prompt, hidden, over),
      });
      await output.end();
      if (reply.status !== 'ok') return '';
      let next = '';
      for (const payload of reply.payload ?? []) {
        if (payload.source === 'set_next_input' && typeof payload.text === 'string') next = payload.text;
        if (payload.source === 'page') await printer.block(pageText(payload));
      }
      return next;
    } finally {
      keyboard.onInterrupt = undefined;
    }
  }

  /** The kernel's question. Ctrl-C interrupts the cell that asks, Ctrl-D answers that there is no more input. */
  async function ask(prompt: string, hidden: boolean, over: AbortSignal): Promise<string> {
    const stop = (): void => keyboard.inject({ name: 'ctrl+c', text: '' });
    over.addEventListener('abort', stop);
    let typed: Typed;
    try {
      typed = await editor.read({ prompt, hidden });
    } finally {
      over.removeEventListener('abort', stop);
    }
    if (typed.kind === 'text') return typed.text;
    if (typed.kind === 'interrupt' && !over.aborted) await session.interrupt();
    return '\x04';
  }
}

/** `exit`, `quit()` and the like. */
function isFarewell(text: string): boolean {
  return /^\s*(?:exit|quit)\s*(?:\(\s*\))?\s*;?\s*$/.test(text);
}

function pageText(payload: Readonly<Record<string, unknown>>): string {
  const { data } = payload;
  const text = typeof data === 'object' && data !== null && 'text/plain' in data ? data['text/plain'] : '';
  return String(text);
}
