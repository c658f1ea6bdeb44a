import type { BundleImage } from '../terminal/bundle.ts';

/** How a terminal shows images: kitty's graphics protocol, iTerm2's inline images, or not at all. */
export type ImageProtocol = 'kitty' | 'iterm2' | 'none';

const KITTY_PART = 4096;
const inlineTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/gif'];

/** What the terminal says of itself in its environment. Within tmux and screen nothing gets through. */
export function imageProtocol(env: Readonly<Record<string, string | undefined>>): ImageProtocol {
  const { TERM = '', TERM_PROGRAM = '' } = env;
  if (env.TMUX || env.STY || /^(?:screen|tmux)/.test(TERM)) return 'none';
  if (env.KITTY_WINDOW_ID || TERM === 'xterm-kitty' || TERM === 'xterm-ghostty' || TERM_PROGRAM === 'ghostty')
    return 'kitty';
  if (TERM_PROGRAM === 'iTerm.app' || TERM_PROGRAM === 'WezTerm' || env.LC_TERMINAL === 'iTerm2') return 'iterm2';
  return 'none';
}

/** The image as an escape sequence, or undefined where the protocol does not know its type. */
export function inlineImage({ mimeType, bytes }: BundleImage, protocol: ImageProtocol): string | undefined {
  const base64 = bytes.toString('base64');
  if (protocol === 'iterm2' && inlineTypes.includes(mimeType)) {
    return `\x1b]1337;File=inline=1;size=${bytes.length}:${base64}\x07`;
  }
  if (protocol !== 'kitty' || mimeType !== 'image/png') return undefined;
  const parts: string[] = [];
  for (let at = 0; at < base64.length; at += KITTY_PART) {
    const more = at + KITTY_PART < base64.length ? 1 : 0;
    const control = at === 0 ? `a=T,f=100,m=${more}` : `m=${more}`;
    parts.push(`\x1b_G${control};${base64.slice(at, at + KITTY_PART)}\x1b\\`);
  }
  return parts.join('');
}
