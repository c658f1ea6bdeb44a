import type { Executor } from '../executor.ts';
import { type Input, InputRefusedError } from '../input.ts';
import type { ServerQuestions } from '../server-questions.ts';
import { CommandError } from './command.ts';
import { takeFlags, words } from './words.ts';

const USAGE = '%reset [-f]';
const QUESTION = 'Forget everything that the cells have declared, and their results? [y/N] ';

/** Forgets names and results. */
export async function reset(executor: Executor, server: ServerQuestions): Promise<void> {
  executor.reset();
  await server.ask('forgotten', null);
}

/** `[-f]`: whether the person agrees. */
export async function mayReset(rest: string, input: Input): Promise<boolean> {
  const { flags, rest: others } = takeFlags(words(rest, USAGE), ['-f'], USAGE);
  if (others.length > 0) throw new CommandError('ERR_COMMAND_USAGE', `%reset takes no names. It is written: ${USAGE}`);
  if (flags.has('-f')) return true;
  try {
    return /^y(es)?$/i.test((await input.ask(QUESTION)).trim());
  } catch (error) {
    if (!(error instanceof InputRefusedError)) throw error;
    const message = 'This frontend answers no questions, and %reset asks whether you are sure: %reset -f does not ask';
    throw new CommandError('ERR_COMMAND_INPUT', message, { cause: error });
  }
}
