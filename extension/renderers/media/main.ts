import type { ActivationFunction, OutputItem } from 'vscode-notebook-renderer';
import { imageStyle, metadataOf } from '../../src/outputs/metadata.ts';

const BACKGROUNDS: ReadonlyMap<unknown, string> = new Map([
  ['light', 'white'],
  ['dark', 'black'],
]);

/** Shows what browsers can play or show: images, at the size that the kernel says, sounds, films, documents. */
export const activate: ActivationFunction = () => {
  const urls = new Map<string, string>();

  const revoke = (id: string): void => {
    const url = urls.get(id);
    if (url !== undefined) URL.revokeObjectURL(url);
    urls.delete(id);
  };

  return {
    renderOutputItem(item, element) {
      revoke(item.id);
      const url = URL.createObjectURL(new Blob([bytesOf(item)], { type: item.mime }));
      urls.set(item.id, url);
      const shown = element.querySelector('img');
      // An image that follows another one takes its place without a flicker.
      if (shown !== null && item.mime.startsWith('image/')) showImage(shown, item, url);
      else element.replaceChildren(elementFor(item, url));
    },
    disposeOutputItem(id) {
      for (const one of id === undefined ? [...urls.keys()] : [id]) revoke(one);
    },
  };
};

/** Files and kernels have binary data in base64; VS Code decodes it for images alone. */
function bytesOf(item: OutputItem): Uint8Array<ArrayBuffer> {
  const data = item.data();
  if (/^image\//.test(item.mime)) return Uint8Array.from(data);
  const text = new TextDecoder().decode(data.subarray(0, 1_000)).trim();
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text)) return Uint8Array.from(data);
  const whole = new TextDecoder().decode(data).replaceAll(/\s/g, '');
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}

function elementFor(item: OutputItem, url: string): HTMLElement {
  const { mime } = item;
  const [kind = ''] = mime.split('/');
  if (kind === 'audio' || kind === 'video') {
    const player = document.createElement(kind);
    player.controls = true;
    player.src = url;
    player.style.maxWidth = '100%';
    return player;
  }
  if (kind === 'image') {
    const image = document.createElement('img');
    showImage(image, item, url);
    return image;
  }
  const link = document.createElement('a');
  link.href = url;
  link.download = `output.${mime.split('/')[1] ?? 'bin'}`;
  link.textContent = 'Save the PDF document…';
  return link;
}

function showImage(image: HTMLImageElement, item: OutputItem, url: string): void {
  image.src = url;
  image.alt = String(metadataOf(item, 'alt') ?? `Image of the type ${item.mime}`);
  image.style.cssText = imageStyle(item);
  image.style.maxWidth = '100%';
  // As JupyterLab does it, for figures whose background is transparent.
  image.style.background = BACKGROUNDS.get(metadataOf(item, 'needs_background')) ?? '';
  // By this VS Code's menu knows what to copy.
  image.dataset.vscodeContext = JSON.stringify({
    webviewSection: 'image',
    outputId: item.id,
    preventDefaultContextMenuItems: true,
  });
}
