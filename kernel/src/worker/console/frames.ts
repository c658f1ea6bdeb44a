/** The frames of a stack that are the user's. */

/** Through this the worker has V8 evaluate a cell: all frames below are the kernel's own. */
const EVALUATION = /^\s+at .*\bnode:inspector/;
const INTERNAL = /^\s+at (?:.*\()?node:/;

/** A stack as V8 writes it, without the frames of Node and of the kernel. */
export function userFrames(stack: string): string {
  const lines = stack.split('\n');
  const bottom = lines.findIndex((line) => EVALUATION.test(line));
  return (bottom < 0 ? lines : lines.slice(0, bottom)).filter((line) => !INTERNAL.test(line)).join('\n');
}
