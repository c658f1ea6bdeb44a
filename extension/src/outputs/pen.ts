/** The colours and styles that a terminal writes with: what its sequences `ESC [ … m` (SGR) have set. */
export interface Pen {
  readonly foreground: string;
  readonly background: string;
  /** Bold, underline, …: the codes, in the order in which they came. */
  readonly styles: readonly string[];
}

export const PLAIN: Pen = { foreground: '', background: '', styles: [] };

/** The style codes that a code turns off. */
const OFF: Readonly<Record<string, readonly string[]>> = {
  '22': ['1', '2'],
  '23': ['3'],
  '24': ['4', '21'],
  '25': ['5', '6'],
  '27': ['7'],
  '28': ['8'],
  '29': ['9'],
  '55': ['53'],
};

/** @param parameters What stands between `ESC [` and `m`. */
export function withCodes(pen: Pen, parameters: string): Pen {
  const codes = parameters.split(/[;:]/);
  let { foreground, background, styles } = pen;
  for (let at = 0; at < codes.length; at++) {
    const code = String(Number(codes[at]));
    const value = Number(code);
    if (code === '0') [foreground, background, styles] = ['', '', []];
    else if (code === '38' || code === '48') {
      const length = codes[at + 1] === '2' ? 5 : 3;
      const colour = codes.slice(at, at + length).join(';');
      if (code === '38') foreground = colour;
      else background = colour;
      at += length - 1;
    } else if (isBetween(value, 30, 37) || isBetween(value, 90, 97)) foreground = code;
    else if (isBetween(value, 40, 47) || isBetween(value, 100, 107)) background = code;
    else if (code === '39') foreground = '';
    else if (code === '49') background = '';
    else if (code in OFF) styles = styles.filter((style) => !OFF[code]?.includes(style));
    else if (!styles.includes(code)) styles = [...styles, code];
  }
  return { foreground, background, styles };
}

/** What makes a terminal go from one pen to another. */
export function transition(from: Pen, to: Pen): string {
  const [before, after] = [codesOf(from), codesOf(to)];
  if (before.join() === after.join()) return '';
  const kept = before.every((code) => after.includes(code));
  return `\x1b[${(kept ? after.filter((code) => !before.includes(code)) : ['0', ...after]).join(';')}m`;
}

function codesOf({ foreground, background, styles }: Pen): string[] {
  return [...styles, foreground, background].filter((code) => code !== '');
}

function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
