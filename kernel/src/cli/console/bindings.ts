import {
  type EditBuffer,
  left,
  lineEnd,
  lineRest,
  lineStart,
  remove,
  right,
  wordLeft,
  wordRight,
} from './edit-buffer.ts';

/** Keys that move the cursor, as readline has them. */
export const moves: Readonly<Record<string, (buffer: EditBuffer) => EditBuffer>> = {
  left,
  right,
  home: lineStart,
  end: lineEnd,
  'ctrl+b': left,
  'ctrl+f': right,
  'ctrl+a': lineStart,
  'ctrl+e': lineEnd,
  'ctrl+left': wordLeft,
  'ctrl+right': wordRight,
  'meta+left': wordLeft,
  'meta+right': wordRight,
  'meta+b': wordLeft,
  'meta+f': wordRight,
};

/** Keys that take text away. */
export const removals: Readonly<Record<string, (buffer: EditBuffer) => EditBuffer>> = {
  backspace: (buffer) => remove(buffer, left),
  'shift+backspace': (buffer) => remove(buffer, left),
  'ctrl+h': (buffer) => remove(buffer, left),
  delete: (buffer) => remove(buffer, right),
  'ctrl+w': (buffer) => remove(buffer, wordLeft),
  'ctrl+backspace': (buffer) => remove(buffer, wordLeft),
  'meta+backspace': (buffer) => remove(buffer, wordLeft),
  'meta+d': (buffer) => remove(buffer, wordRight),
  'ctrl+delete': (buffer) => remove(buffer, wordRight),
  'ctrl+u': (buffer) => remove(buffer, lineStart),
  'ctrl+k': (buffer) => remove(buffer, lineRest),
};
