import type { ReceivedMessage } from '../message.ts';
import { isMessage } from './messages.ts';
import type { Wire } from './wire.ts';

/**
 * Asks a person for a line of text.
 * @param ended Aborts when the answer is no longer wanted, because the execution was interrupted or failed.
 */
export type InputHandler = (prompt: string, password: boolean, ended: AbortSignal) => Promise<string>;

/** What a terminal sends for "no more input" (Ctrl-D): kernels raise their end-of-file error for it. */
const END_OF_INPUT = '\x04';

/** Who answers an input_request, and what to tell if that fails. */
export interface InputAnswerer {
  readonly ask: InputHandler;
  readonly ended: AbortSignal;
  readonly onFailure: (error: Error) => void;
}

/**
 * Answers the kernel's input_request (spec: "Channels and messages", stdin). Without an answerer, or if that one fails,
 * the answer is the end of input: a kernel that got none would wait forever.
 */
export async function answerInput(
  request: ReceivedMessage,
  answerer: InputAnswerer | undefined,
  wire: Wire,
): Promise<void> {
  if (!isMessage(request, 'input_request')) return;
  const { prompt, password = false } = request.content;
  let value = END_OF_INPUT;
  let failure: Error | undefined;
  try {
    if (answerer) value = await answerer.ask(prompt, password, answerer.ended);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  // An answer after the end would be taken for that to the next question.
  if (answerer?.ended.aborted) return;
  const header = wire.session.header('input_reply');
  const { subshell_id: subshell } = request.parentHeader;
  if (typeof subshell === 'string') header.subshell_id = subshell;
  wire.send('stdin', {
    header,
    parentHeader: request.rawHeader,
    content: { status: 'ok', value },
  });
  if (failure) answerer?.onFailure(failure);
}
