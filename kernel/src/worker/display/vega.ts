/** Vega and Vega-Lite: specifications, and objects that give one. */
import { count } from './bounds.ts';
import { dataProperty, findMethod, isPlainObject } from './properties.ts';
import { type Data, later, type Shown, tried } from './shown.ts';

const SCHEMA = /^https?:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\/v(\d+)(?:\.\d+)*\.json$/;

/** Newest major version that JupyterLab and VS Code are known to render, of both grammars (JupyterLab 4.6). */
const RENDERED_MAJOR = 5;

/** Rows of data that a specification may carry in one place; every one of them is written into the notebook. */
const MAX_ROWS = 20_000;

/** Methods that give a specification: vega-lite-api's. */
const CONVERSIONS = ['toSpec', 'toObject'];

/** An object that gives a specification. */
export function asVegaChart(value: object): Shown {
  for (const name of CONVERSIONS) {
    const method = findMethod(value, name);
    if (method === undefined) continue;
    const shown = tried(() => later(method.call(value), asVega));
    if (shown !== undefined) return shown;
  }
  return undefined;
}

/** A specification as data of all media types that fit it, its rows bounded, with a text that names it. */
export function asVega(spec: unknown): Data | undefined {
  if (!isPlainObject(spec)) return undefined;
  const schema = dataProperty(spec, '$schema');
  const match = typeof schema === 'string' ? SCHEMA.exec(schema) : null;
  if (match === null) return undefined;
  const bound = boundedSpec(spec);
  const name = match[1] === 'vega' ? 'Vega' : 'Vega-Lite';
  const text = `[${name} chart${bound.notice === undefined ? '' : `: ${bound.notice}`}]`;
  return {
    ...Object.fromEntries(mediaTypes(name, Number(match[2])).map((type) => [type, bound.spec])),
    'text/plain': text,
  };
}

/** A version newer than frontends know is offered as that and as the newest that they do know. */
function mediaTypes(name: string, major: number): string[] {
  const grammar = name === 'Vega' ? 'vega' : 'vegalite';
  const versions = major > RENDERED_MAJOR ? [major, RENDERED_MAJOR] : [major];
  return versions.map((version) => `application/vnd.${grammar}.v${version}+json`);
}

interface BoundedSpec {
  readonly spec: Record<string, unknown>;
  /** What was left out. The chart says it below its title too. */
  readonly notice: string | undefined;
}

function boundedSpec(spec: Record<string, unknown>): BoundedSpec {
  let [shown, all] = [0, 0];
  const cut = (rows: readonly unknown[]): readonly unknown[] => {
    if (rows.length <= MAX_ROWS) return rows;
    shown += MAX_ROWS;
    all += rows.length;
    return rows.slice(0, MAX_ROWS);
  };
  const copied = withRows(spec, cut);
  if (all === 0) return { spec, notice: undefined };
  const notice = `only ${count(shown)} of ${count(all)} rows`;
  return { spec: { ...copied, title: noticed(copied.title, notice) }, notice };
}

/** Members of a specification that hold other specifications. */
const VIEWS = ['layer', 'concat', 'hconcat', 'vconcat', 'spec', 'marks'];

/** A copy whose arrays of rows are what `cut` makes of them; they are not looked into. */
function withRows(spec: Record<string, unknown>, cut: (rows: readonly unknown[]) => unknown): Record<string, unknown> {
  const copy = { ...spec };
  const source = (data: unknown): unknown =>
    isPlainObject(data) && Array.isArray(data.values) ? { ...data, values: cut(data.values) } : data;
  const view = (nested: unknown): unknown => (isPlainObject(nested) ? withRows(nested, cut) : nested);
  if ('data' in copy) copy.data = each(copy.data, source);
  for (const name of VIEWS) if (name in copy) copy[name] = each(copy[name], view);
  if (isPlainObject(copy.datasets)) {
    const sets = Object.entries(copy.datasets);
    copy.datasets = Object.fromEntries(sets.map(([name, rows]) => [name, Array.isArray(rows) ? cut(rows) : rows]));
  }
  return copy;
}

function each(value: unknown, change: (element: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : change(value);
}

/** A title of either grammar with the notice below it. */
function noticed(title: unknown, notice: string): Record<string, unknown> {
  if (!isPlainObject(title)) return { text: title ?? '', subtitle: notice };
  return { ...title, subtitle: title.subtitle === undefined ? notice : [title.subtitle, notice].flat() };
}
