/** Objects that can show themselves, by the methods that libraries give them. */
import { findMethod, findProperty, isPlainObject, type Method, promised } from './properties.ts';
import { isSvgText, sniff } from './sniff.ts';
import { gridOfRecords, htmlTable, isRecords, MAX_ROWS } from './table.ts';
import { vegaTypes } from './vega.ts';

type Data = Record<string, unknown>;

/** What an object shows of itself; undefined where it turns out to be no such object. */
export type Shown = Data | undefined | Promise<Data | undefined>;

/** How an object of one kind is shown, or undefined for an object that is not of that kind. */
export type Recogniser = (value: object) => Shown;

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

/** In order of preference: the first that recognises an object shows it. */
export const RECOGNISERS: readonly Recogniser[] = [
  byBundleMethod,
  byDisplayMethods,
  asElement,
  asCanvas,
  asVegaChart,
  asDataFrame,
  byConversion,
];

function byBundleMethod(value: object): Shown {
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

function byDisplayMethods(value: object): Shown {
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

/** Elements of a document (jsdom, linkedom, happy-dom): what Observable Plot and D3 draw on. */
function asElement(value: object): Shown {
  if (findMethod(value, 'cloneNode') === undefined || findMethod(value, 'getAttribute') === undefined) return undefined;
  const property = findProperty(value, 'outerHTML');
  if (property === undefined) return undefined;
  // outerHTML is an accessor in every document model; that this is an element was seen from its methods.
  const markup: unknown = Reflect.get(value, 'outerHTML');
  if (typeof markup !== 'string') return undefined;
  return /^<svg[\s>]/.test(markup) ? { 'image/svg+xml': withNamespace(markup) } : { 'text/html': markup };
}

/** An SVG that stands for itself, not in HTML, needs its namespace. */
function withNamespace(svg: string): string {
  const tag = svg.slice(0, svg.indexOf('>') + 1);
  return tag.includes('xmlns=') ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
}

/** node-canvas, @napi-rs/canvas, skia-canvas and fabric: their data URL, in whichever format they chose. */
function asCanvas(value: object): Shown {
  const toDataURL = findMethod(value, 'toDataURL');
  return toDataURL === undefined ? undefined : tried(() => later(toDataURL.call(value), dataOfUrl));
}

/** `data:image/png;base64,…` as data of its type. */
function dataOfUrl(url: unknown): Data | undefined {
  if (typeof url !== 'string') return undefined;
  const match = /^data:([\w.+/-]+)(?:;[^,;]*)*;base64,/.exec(url);
  if (match?.[1] === undefined) return undefined;
  const base64 = url.slice(match[0].length);
  return { [match[1]]: match[1] === 'image/svg+xml' ? Buffer.from(base64, 'base64') : base64 };
}

/** vega-lite-api's charts. */
function asVegaChart(value: object): Shown {
  const toSpec = findMethod(value, 'toSpec');
  return toSpec === undefined ? undefined : tried(() => later(toSpec.call(value), asVega));
}

/** A specification as data of all media types that fit it. */
export function asVega(spec: unknown): Data | undefined {
  if (!isPlainObject(spec)) return undefined;
  const fitting = vegaTypes(spec);
  return fitting.length === 0 ? undefined : Object.fromEntries(fitting.map((type) => [type, spec]));
}

/** Data frames that give their first rows and say how many they have: `head(n)`, `toRecords()`, `height` (polars). */
function asDataFrame(value: object): Shown {
  const head = findMethod(value, 'head');
  if (head === undefined || findMethod(value, 'toRecords') === undefined) return undefined;
  return tried(() => {
    const first = head.call(value, MAX_ROWS);
    const toRecords = typeof first === 'object' && first !== null ? findMethod(first, 'toRecords') : undefined;
    const records = toRecords?.call(first);
    if (!isRecords(records)) return undefined;
    const height: unknown = Reflect.get(value, 'height');
    const moreRows = typeof height === 'number' ? Math.max(0, height - records.length) : 0;
    return { 'text/html': htmlTable({ ...gridOfRecords(records), moreRows }) };
  });
}

function byConversion(value: object): Shown {
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
      return isSvgText(result) ? { [type]: withNamespaceOf(result) } : undefined;
    case 'text/latex':
      return { [type]: mathMode(result) };
    case 'image/png':
    case 'image/jpeg':
      return sniff(Buffer.from(result.slice(0, 64), 'base64')) === type ? { [type]: result } : undefined;
    default:
      return { [type]: result };
  }
}

function withNamespaceOf(svg: string): string {
  const at = svg.indexOf('<svg');
  return at < 0 ? svg : svg.slice(0, at) + withNamespace(svg.slice(at));
}

/** LaTeX between delimiters, without which frontends show it as text. */
export function mathMode(latex: string): string {
  return /\$|\\\(|\\\[|\\begin\{/.test(latex) ? latex : `$$${latex}$$`;
}

/** The result of a method under a general name: what it throws says that it is not what its name promised. */
function tried(convert: () => Shown): Shown {
  try {
    const shown = convert();
    return shown instanceof Promise ? shown.catch(() => undefined) : shown;
  } catch {
    return undefined;
  }
}

function later(result: unknown, then: (result: unknown) => Data | undefined): Shown {
  return promised(result)?.then(then) ?? then(result);
}
