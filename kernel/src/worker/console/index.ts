/** Everything that prints: `console`, and the streams in place of `process.stdout` and `process.stderr`. */
export { type ConsoleOptions, createConsole, installConsole } from './console.ts';
export { userFrames } from './frames.ts';
export { createStream, OutputStream } from './stream.ts';
