/** The frames of a stack that are the user's. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the worker's own code: of its sources, or of the bundle that it runs from. */
const OWN = dirname(dirname(fileURLToPath(import.meta.url)));

/** A stack as V8 writes it, without the frames of Node and of the kernel. */
export function userFrames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => !/^\s+at /.test(line) || !(line.includes(OWN) || /\(?node:/.test(line)))
    .join('\n');
}
