import { type Content, ERROR, type Output, textItem } from './output.ts';

/** A place in a cell as our kernel writes it: `In[3]:2:7`, in parentheses where the function is named. */
const PLACE = /^(\s*at )(?:(.*) \()?In\[(\d+)\]:(\d+):(\d+)\)?$/;
const COLOURS = /\u001b\[[\d;]*m/g;

/** The output of an `error` message. What is saved is the traceback as it came. */
export function errorOutput(content: Content): Output {
  const name = String(content.ename ?? 'Error');
  const message = String(content.evalue ?? '');
  const traceback = Array.isArray(content.traceback) ? content.traceback.map(String) : [];
  const stack = traceback.join('\n').split('\n').map(linked).join('\n');
  return {
    items: [textItem(JSON.stringify({ name, message, stack }), ERROR)],
    metadata: {
      outputType: 'error',
      originalError: { output_type: 'error', ename: name, evalue: message, traceback },
    },
  };
}

/** VS Code links the places of cells that are written as IPython does: `Cell In[3], line 2`. */
function linked(line: string): string {
  const [, , name, cell, row] = PLACE.exec(line.replaceAll(COLOURS, '')) ?? [];
  if (cell === undefined) return line;
  const place = `Cell In[${cell}], line ${row}`;
  return name === undefined ? place : `${place}\n    in ${name}`;
}
