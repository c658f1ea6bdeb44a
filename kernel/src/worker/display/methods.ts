/** Objects that can show themselves, by the methods that libraries give them. */
import { dataOfUrl } from './data-url.ts';
import { mathMode } from './latex.ts';
import { findMethod, findProperty, isPlainObject, type Method, promised } from './properties.ts';
import { type Data, later, type Shown, tried } from './shown.ts';
import { isSvgText, sniff } from './sniff.ts';
import { standalone } from './svg.ts';

/**
 * Methods made for notebooks (ijavascript's and tslab's, IPython's): their names say that they mean display, so that
 * what they throw is the author's business and is reported.
 */
const DISPLAY_METHODS: readonly (readonly [name: string, type: string])[] = [
  ['_toHtml', 'text/html'],
  ['_toMarkdown', 'text/markdown'],
  ['_toLatex', 'text/latex'],
  ['_toSvg', 'image/svg+xml'],
  ['_toPng', 'image/png'],
  ['_toJpeg', 'image/jpeg'],
  ['_toJpg', 'image/jpeg'],
  ['_repr_html_', 'text/html'],
  ['_repr_markdown_', 'text/markdown'],
  ['_repr_latex_', 'text/latex'],
  ['_repr_svg_', 'image/svg+xml'],
  ['_repr_png_', 'image/png'],
  ['_repr_jpeg_', 'image/jpeg'],
  ['_repr_json_', 'application/json'],
];

/** Methods that give the whole bundle. */
const BUNDLE_METHODS = ['_toMime', '_repr_mimebundle_'];

/** General names for "this as that": tried, and ignored where they do not give what their names promise. */
const CONVERSIONS: readonly (readonly [names: readonly string[], type: string])[] = [
  [['toLaTeX', 'toLatex', 'toTex'], 'text/latex'],
  [['toHTML', 'toHtml'], 'text/html'],
  [['toMarkdown'], 'text/markdown'],
  [['toSVG', 'toSvg'], 'image/svg+xml'],
  [['toPNG', 'toPng'], 'image/png'],
  [['toJPEG', 'toJpeg', 'toJpg'], 'image/jpeg'],
];

/** Methods that give a whole bundle. */
export function byBundleMethod(value: object): Shown {
  for (const name of BUNDLE_METHODS) {
    const method = findMethod(value, name);
    if (method !== undefined) return later(method.call(value), asData);
  }
  return undefined;
}

/** IPython's method may give a pair of data and metadata. */
function asData(result: unknown): Data | undefined {
  const data: unknown = Array.isArray(result) ? result[0] : result;
  return isPlainObject(data) ? data : undefined;
}

/** Methods that give one media type each. */
export function byDisplayMethods(value: object): Shown {
  const found = DISPLAY_METHODS.flatMap(([name, type]) => {
    const method = findMethod(value, name);
    return method === undefined ? [] : [{ type, result: method.call(value) }];
  });
  return found.length === 0 ? undefined : gather(found);
}

function gather(found: readonly { type: string; result: unknown }[]): Shown {
  if (!found.some(({ result }) => promised(result) !== undefined)) return dataOf(found);
  return Promise.all(found.map(async ({ type, result }) => ({ type, result: await result }))).then(dataOf);
}

function dataOf(found: readonly { type: string; result: unknown }[]): Data | undefined {
  const shown = found.filter(({ result }) => result !== undefined && result !== null);
  return shown.length === 0 ? undefined : Object.fromEntries(shown.map(({ type, result }) => [type, result]));
}

/** Methods under general names. */
export function byConversion(value: object): Shown {
  for (const [names, type] of CONVERSIONS) {
    const method = names.map((name) => conversion(value, name)).find((candidate) => candidate !== undefined);
    if (method === undefined) continue;
    const shown = tried(() => later(method.call(value), (result) => converted(type, result)));
    if (shown !== undefined) return shown;
  }
  return undefined;
}

/** A function of a library's own that takes what it converts is not a method of the value. */
function conversion(value: object, name: string): Method | undefined {
  const property = findProperty(value, name);
  const method = findMethod(value, name);
  return property?.own === true && method !== undefined && method.length > 0 ? undefined : method;
}

function converted(type: string, result: unknown): Data | undefined {
  if (result instanceof Uint8Array) return sniff(result) === type ? { [type]: result } : undefined;
  if (typeof result !== 'string' || result === '') return undefined;
  const fromUrl = dataOfUrl(result);
  if (fromUrl !== undefined) return fromUrl;
  switch (type) {
    case 'image/svg+xml':
      return isSvgText(result) ? { [type]: standalone(result) } : undefined;
    case 'text/latex':
      return { [type]: mathMode(result) };
    case 'image/png':
    case 'image/jpeg':
      return sniff(Buffer.from(result.slice(0, 64), 'base64')) === type ? { [type]: result } : undefined;
    default:
      return { [type]: result };
  }
}
