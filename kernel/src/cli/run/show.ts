import { isMessage } from '@elara/protocol/client/index';
import type { ReceivedMessage } from '@elara/protocol/message';
import { bundleText } from '../terminal/bundle.ts';
import type { Progress } from './progress.ts';

/** Prints an output as text, as far as the message is one. Errors are left to the report of the failure. */
export async function showOutput(message: ReceivedMessage, progress: Progress): Promise<void> {
  if (isMessage(message, 'stream')) {
    await progress.show(message.content.name === 'stderr' ? 'stderr' : 'stdout', message.content.text);
  } else if (isMessage(message, 'display_data') || isMessage(message, 'execute_result')) {
    await progress.showBlock(bundleText(message.content.data));
  } else if (isMessage(message, 'update_display_data')) {
    await progress.showBlock(bundleText(message.content.data));
  }
}
