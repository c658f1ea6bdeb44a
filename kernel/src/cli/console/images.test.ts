import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageProtocol, inlineImage } from './images.ts';

test('terminals are known by their environment; within tmux there are no images', () => {
  assert.equal(imageProtocol({ TERM: 'xterm-kitty' }), 'kitty');
  assert.equal(imageProtocol({ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }), 'iterm2');
  assert.equal(imageProtocol({ TERM: 'tmux-256color', TERM_PROGRAM: 'iTerm.app', TMUX: '/tmp/x' }), 'none');
  assert.equal(imageProtocol({}), 'none');
});

test('iTerm2 gets the image in one piece', () => {
  const bytes = Buffer.from('GIF');
  assert.equal(inlineImage({ mimeType: 'image/gif', bytes }, 'iterm2'), '\x1b]1337;File=inline=1;size=3:R0lG\x07');
  assert.equal(inlineImage({ mimeType: 'image/svg+xml', bytes }, 'iterm2'), undefined);
});

test('kitty gets a PNG in parts of 4096 characters', () => {
  const sequence = inlineImage({ mimeType: 'image/png', bytes: Buffer.alloc(6000) }, 'kitty') ?? '';
  const parts = [...sequence.matchAll(/\x1b_G([^;]*);([^\x1b]*)\x1b\\/g)].map(([, control, data]) => [
    control,
    data?.length,
  ]);
  assert.deepEqual(parts, [
    ['a=T,f=100,m=1', 4096],
    ['m=0', 3904],
  ]);
  assert.equal(inlineImage({ mimeType: 'image/gif', bytes: Buffer.alloc(1) }, 'kitty'), undefined);
});
