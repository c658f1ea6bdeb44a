/** What terminals understand in what kernels write: colours and styles, carriage returns, backspaces. */
const CONTROLS = /\x1b(?:\[([0-9;:]*)m|\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g;

/** The text without any control sequence, each line as it looks at last. */
export function plainText(text: string): string {
  return settled(text.replaceAll(CONTROLS, ''));
}

/** HTML of the text: colours are classes (`ansi-red`, `ansi-bright-red`) or, where there are more of them, styles. */
export function ansiToHtml(text: string): string {
  let style = PLAIN;
  let html = '';
  let from = 0;
  const flush = (to: number): void => {
    if (to > from) html += span(text.slice(from, to), style);
  };
  text = settled(text);
  for (const match of text.matchAll(CONTROLS)) {
    flush(match.index);
    from = match.index + match[0].length;
    if (match[1] !== undefined) style = changed(style, match[1]);
  }
  flush(text.length);
  return html;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

interface Style {
  readonly foreground: string;
  readonly background: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underlined: boolean;
  readonly inverse: boolean;
}

const PLAIN: Style = {
  foreground: '',
  background: '',
  bold: false,
  dim: false,
  italic: false,
  underlined: false,
  inverse: false,
};

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** A line that was overwritten is as it was written last; a character before a backspace is gone. */
function settled(text: string): string {
  let before: string;
  do {
    before = text;
    text = text.replaceAll(/[^\n\b]\x08/g, '');
  } while (text !== before);
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/^.*\r(?!\n|$)/gm, '')
    .replaceAll('\r', '')
    .replaceAll('\b', '');
}

function changed(style: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = style;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const [colour, used] = extended(codes.slice(at + 1));
      next = { ...next, [code === 38 ? 'foreground' : 'background']: colour };
      at += used;
    } else next = { ...next, ...simple(code) };
  }
  return next;
}

function simple(code: number): Partial<Style> {
  if (code >= 30 && code <= 37) return { foreground: NAMES[code - 30] ?? '' };
  if (code >= 90 && code <= 97) return { foreground: `bright-${NAMES[code - 90]}` };
  if (code >= 40 && code <= 47) return { background: NAMES[code - 40] ?? '' };
  if (code >= 100 && code <= 107) return { background: `bright-${NAMES[code - 100]}` };
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { bold: true };
    case 2:
      return { dim: true };
    case 3:
      return { italic: true };
    case 4:
      return { underlined: true };
    case 7:
      return { inverse: true };
    case 22:
      return { bold: false, dim: false };
    case 23:
      return { italic: false };
    case 24:
      return { underlined: false };
    case 27:
      return { inverse: false };
    case 39:
      return { foreground: '' };
    case 49:
      return { background: '' };
    default:
      return {};
  }
}

/** A colour of 256, or of red, green and blue; and how many codes it took. */
function extended([kind, ...rest]: readonly number[]): [colour: string, used: number] {
  if (kind === 2) return [hex(rest.slice(0, 3)), 4];
  const [index = 0] = rest;
  if (index < 8) return [NAMES[index] ?? '', 2];
  if (index < 16) return [`bright-${NAMES[index - 8]}`, 2];
  if (index >= 232) return [hex(Array<number>(3).fill(8 + 10 * (index - 232))), 2];
  const level = (part: number): number => (part === 0 ? 0 : 55 + 40 * part);
  const cube = index - 16;
  return [hex([level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]), 2];
}

function hex(parts: readonly number[]): string {
  return `#${parts
    .map((part) =>
      Math.min(255, part || 0)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function span(text: string, style: Style): string {
  const [foreground, background] = style.inverse
    ? [style.background || 'ground', style.foreground || 'ink']
    : [style.foreground, style.background];
  const classes = [
    ...(foreground && !foreground.startsWith('#') ? [`ansi-${foreground}`] : []),
    ...(background && !background.startsWith('#') ? [`ansi-on-${background}`] : []),
    ...(style.bold ? ['ansi-bold'] : []),
    ...(style.dim ? ['ansi-dim'] : []),
    ...(style.italic ? ['ansi-italic'] : []),
    ...(style.underlined ? ['ansi-underlined'] : []),
  ];
  const styles = [
    ...(foreground.startsWith('#') ? [`color:${foreground}`] : []),
    ...(background.startsWith('#') ? [`background:${background}`] : []),
  ];
  if (classes.length === 0 && styles.length === 0) return escapeHtml(text);
  const attributes = [
    ...(classes.length > 0 ? [` class="${classes.join(' ')}"`] : []),
    ...(styles.length > 0 ? [` style="${styles.join(';')}"`] : []),
  ];
  return `<span${attributes.join('')}>${escapeHtml(text)}</span>`;
}
