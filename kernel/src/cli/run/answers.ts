import type { InputHandler } from '@elara/protocol/client/index';
import { CliError } from '../invocation.ts';
import type { CodeCell } from '../nbformat/notebook.ts';

/** Who answers when a cell asks for input. */
export interface Answers {
  /** Undefined: nobody, so that the cell is told so at once. */
  forCell(cell: CodeCell): InputHandler | undefined;
}

/**
 * The lines that a cell brings itself, in its metadata: `"elara": { "answers": ["Ada", "36"] }`; else `otherwise` is asked.
 * @param onOwnAnswer Told of those lines as they would stand on a terminal: behind their question, but for passwords.
 */
export function answersOf(
  otherwise: InputHandler | undefined,
  onOwnAnswer: (line: string) => Promise<void> = async () => undefined,
): Answers {
  return {
    forCell(cell) {
      const own = ownAnswers(cell);
      if (own === undefined) return otherwise;
      const left = own.values();
      return async (prompt, password) => {
        const next = left.next();
        if (next.done) {
          const had = `its metadata hold only ${own.length} answers (elara.answers)`;
          throw new CliError('ERR_NO_ANSWER', `the cell asked ${JSON.stringify(prompt)}, but ${had}`);
        }
        await onOwnAnswer(password ? prompt : prompt + next.value);
        return next.value;
      };
    },
  };
}

function ownAnswers({ metadata }: CodeCell): string[] | undefined {
  const own = metadata.elara;
  if (typeof own !== 'object' || own === null || !('answers' in own) || !Array.isArray(own.answers)) return undefined;
  return own.answers.map(String);
}
