/** As much of a canvas as Observable Plot uses: single pixels of one colour, and whole images. */
import { encodePng, type Pixels } from '../../../png.ts';
import { parseColor } from './color.ts';

const CHANNELS = 4;

export class PixelCanvas {
  width = 300;
  height = 150;
  #context: PixelContext | undefined;

  getContext(kind: string): PixelContext | null {
    if (kind !== '2d') return null;
    this.#context ??= new PixelContext(this);
    return this.#context;
  }

  toDataURL(): string {
    const png = encodePng(this.#context?.image ?? emptyImage(this.width, this.height));
    return `data:image/png;base64,${png.toString('base64')}`;
  }
}

class PixelContext {
  /** Any colour that CSS can write in a function or in hexadecimal. */
  fillStyle = '#000';
  #image: Pixels | undefined;
  readonly #canvas: PixelCanvas;

  constructor(canvas: PixelCanvas) {
    this.#canvas = canvas;
  }

  get image(): Pixels {
    this.#image ??= emptyImage(this.#canvas.width, this.#canvas.height);
    return this.#image;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const { data, width: stride } = this.image;
    const color = parseColor(this.fillStyle);
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) data.set(color, (row * stride + column) * CHANNELS);
    }
  }

  createImageData(width: number, height: number): Pixels {
    return emptyImage(width, height);
  }

  putImageData(image: Pixels): void {
    this.#image = image;
  }
}

function emptyImage(width: number, height: number): Pixels {
  return { width, height, data: new Uint8ClampedArray(width * height * CHANNELS) };
}
