import type { ActivationFunction, OutputItem } from 'vscode-notebook-renderer';

/** Shows what browsers can play or show and VS Code has nothing for: sounds, films, images, documents. */
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
      element.replaceChildren(elementFor(item.mime, url));
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

function elementFor(mime: string, url: string): HTMLElement {
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
    image.src = url;
    image.alt = `Image of the type ${mime}`;
    image.style.maxWidth = '100%';
    return image;
  }
  const link = document.createElement('a');
  link.href = url;
  link.download = `output.${mime.split('/')[1] ?? 'bin'}`;
  link.textContent = 'Save the PDF document…';
  return link;
}
