/** Colours as D3's interpolators write them, and what people write in their own. */

/** Red, green, blue and alpha, 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number, alpha: number];

const TRANSPARENT: Color = [0, 0, 0, 0];
const FUNCTION =
  /^(rgb|hsl)a?\(\s*([-\d.e]+)(%|deg)?[\s,]+([-\d.e]+)%?[\s,]+([-\d.e]+)%?(?:[\s,/]+([-\d.e]+)(%?))?\s*\)$/i;

/** A colour of CSS in hexadecimal, `rgb()` or `hsl()`; every other one is transparent. */
export function parseColor(css: string): Color {
  const text = css.trim();
  if (text.startsWith('#')) return hexadecimal(text.slice(1));
  const match = FUNCTION.exec(text);
  if (match === null) return TRANSPARENT;
  const [, model = '', first, unit, second, third, alpha = '1', alphaUnit] = match;
  const channels = [Number(first), Number(second), Number(third)] as const;
  const opacity = (Number(alpha) / (alphaUnit === '%' ? 100 : 1)) * 255;
  if (model.toLowerCase() === 'hsl') return [...fromHsl(...channels), opacity];
  const [red, green, blue] = channels.map((channel) => (unit === '%' ? (channel / 100) * 255 : channel));
  return [red ?? 0, green ?? 0, blue ?? 0, opacity];
}

function hexadecimal(digits: string): Color {
  const long = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits;
  const [red = 0, green = 0, blue = 0, alpha = 255] = Buffer.from(long, 'hex');
  return [red, green, blue, alpha];
}

/** CSS Color 4, "Converting HSL colors to sRGB". Hue in degrees, the others in percent. */
function fromHsl(hue: number, saturation: number, lightness: number): [number, number, number] {
  const light = lightness / 100;
  const chroma = (saturation / 100) * Math.min(light, 1 - light);
  const channel = (n: number): number => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return 255 * (light - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}
