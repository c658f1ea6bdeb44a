/** All measures, in the order in which one session takes them: what loads the kernel most comes last. */
import { burst } from './burst.ts';
import { completeMember, completeTyped, firstCompletion } from './completion.ts';
import { execute } from './execute.ts';
import { inspect } from './inspect.ts';
import { interrupt } from './interrupt.ts';
import type { Measure } from './measure.ts';
import { memoryAtEnd, memoryAtStart } from './memory.ts';
import { notebook } from './notebook.ts';
import { bigPrint, printedLines } from './output.ts';
import { startup } from './startup.ts';
import { busyInAwait, busyInLoop } from './while-busy.ts';

export const measures: readonly Measure[] = [
  startup,
  memoryAtStart,
  execute,
  burst,
  completeMember,
  completeTyped,
  firstCompletion,
  inspect,
  busyInLoop,
  busyInAwait,
  notebook,
  printedLines,
  bigPrint,
  interrupt,
  memoryAtEnd,
];
