import { encodePng } from '../png.ts';
import type { Language } from './language.ts';

/**
 * The kernels' logos: a planet with its bands, its moon Elara on its way around it, and the language's letters. One
 * drawing in a 64 x 64 field gives both the SVG and the PNGs, so that they cannot differ.
 */
type Point = readonly [x: number, y: number];
/** A line through points with round ends; one point is a disc. */
interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly points: readonly Point[];
}

interface Palette {
  readonly ground: string;
  readonly planet: string;
  readonly band: string;
  readonly ink: string;
}

const palettes: Record<Language, Palette> = {
  typescript: { ground: '#12304f', planet: '#e8b27c', band: '#c98453', ink: '#ffffff' },
  javascript: { ground: '#f2cf3b', planet: '#b5532c', band: '#8e3d1d', ink: '#2a2416' },
};

/** Strokes of the letters, in a field of 12 x 18. */
const letters: Record<string, readonly string[]> = {
  T: ['0,0 12,0', '6,0 6,18'],
  J: ['10,0 10,13 8.5,16.5 5,18 1.5,16.5 0,13.5'],
  S: ['11.5,2.5 8.5,0.3 4,0.3 1,2.5 1,6 4,8.4 8,9.6 11,12 11,15.4 8,17.8 3.5,17.8 0.3,15.5'],
};

function drawing(language: Language): Stroke[] {
  const { planet, band, ink } = palettes[language];
  const text = language === 'typescript' ? 'TS' : 'JS';
  return [
    { colour: planet, width: 32, points: [[23, 24]] },
    {
      colour: band,
      width: 3.5,
      points: placed('12,18.5 34,18.5'),
    },
    {
      colour: band,
      width: 3.5,
      points: placed('11,27 35,27'),
    },
    { colour: ink, width: 1.4, points: orbit },
    { colour: ink, width: 7, points: [[53, 11]] },
    ...[...text].flatMap((letter, index) =>
      (letters[letter] ?? []).map((stroke) => ({
        colour: ink,
        width: 4,
        points: placed(stroke, 30 + index * 16.5, 40),
      })),
    ),
  ];
}

function placed(stroke: string, left = 0, top = 0): Point[] {
  return stroke.split(' ').map((pair): Point => {
    const [x = 0, y = 0] = pair.split(',').map(Number);
    return [left + x, top + y];
  });
}

/** The part of the orbit that is in front of the planet. */
const orbit: readonly Point[] = Array.from({ length: 33 }, (_, step) => {
  const angle = (step / 32) * Math.PI;
  const [x, y] = [32 * Math.cos(angle), 8 * Math.sin(angle)];
  const tilt = -0.41;
  return [23 + x * Math.cos(tilt) - y * Math.sin(tilt), 24 + x * Math.sin(tilt) + y * Math.cos(tilt)] as const;
});

/** The logo as SVG text. */
export function logoSvg(language: Language): string {
  const round = (value: number) => Number(value.toFixed(2));
  const paths = drawing(language).map(({ colour, width, points }) => {
    const place = (point: Point) => `${round(point[0])},${round(point[1])}`;
    const [first] = points;
    // A path of one point is drawn by nobody; one of length zero with round ends is a disc.
    const d = points.length === 1 && first ? `M${place(first)}h0` : `M${points.map(place).join(' ')}`;
    return `  <path d="${d}" stroke="${colour}" stroke-width="${width}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">
 <rect width="64" height="64" rx="10" fill="${palettes[language].ground}"/>
 <clipPath id="field"><rect width="64" height="64" rx="10"/></clipPath>
 <g fill="none" stroke-linecap="round" stroke-linejoin="round" clip-path="url(#field)">
${paths.join('\n')}
 </g>
</svg>
`;
}

/** The logo as a PNG of `size` x `size` pixels with transparency around the field. */
export function logoPng(language: Language, size: number): Buffer {
  const strokes = drawing(language).map((stroke) => ({ ...stroke, rgb: rgb(stroke.colour) }));
  const ground = rgb(palettes[language].ground);
  const scale = size / 64;
  const data = new Uint8Array(size * size * 4);
  let at = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const point: Point = [(column + 0.5) / scale, (row + 0.5) / scale];
      let colour = ground;
      for (const stroke of strokes) {
        const cover = coverage((stroke.width / 2 - distance(point, stroke.points)) * scale);
        if (cover > 0) colour = mix(colour, stroke.rgb, cover);
      }
      for (const part of colour) data[at++] = Math.round(part);
      data[at++] = Math.round(255 * coverage(insideField(point) * scale));
    }
  }
  return encodePng({ width: size, height: size, data });
}

type Rgb = readonly [number, number, number];

function rgb(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function mix(below: Rgb, above: Rgb, cover: number): Rgb {
  const part = (index: 0 | 1 | 2) => below[index] + (above[index] - below[index]) * cover;
  return [part(0), part(1), part(2)];
}

/** Part of a pixel that is covered when its middle is that far, in pixels, inside the edge. */
function coverage(inside: number): number {
  return Math.min(1, Math.max(0, inside + 0.5));
}

function distance(point: Point, points: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY;
  points.forEach((to, index) => {
    const from = points[index - 1] ?? to;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const square = dx * dx + dy * dy;
    const along = square === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / square;
    const t = Math.min(1, Math.max(0, along));
    least = Math.min(least, Math.hypot(point[0] - from[0] - t * dx, point[1] - from[1] - t * dy));
  });
  return least;
}

/** How far a point is inside the rounded square of the field. */
function insideField([x, y]: Point): number {
  const radius = 10;
  const dx = Math.max(radius - x, x - (64 - radius), 0);
  const dy = Math.max(radius - y, y - (64 - radius), 0);
  return radius - Math.hypot(dx, dy);
}
