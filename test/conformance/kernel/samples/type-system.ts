import type { SampleNotebook } from './sample.ts';

/** What types are computed from types. */
export const typeSystem: readonly SampleNotebook[] = [
  {
    title: 'unions, keys and literals',
    cells: [
      `interface Theme {
  /** The colour behind everything. */
  background: string;
  /** @deprecated Use \`accent\`. */
  highlight?: string;
  accent?: string;
  'line-height': number;
}
type Level = 'debug' | 'info' | 'warn';
function log(level: Level, text: string): void {}`,
      `type Event =
  | { type: 'click'; x: number; y: number }
  | { type: 'key'; code: string; repeat: boolean };
function handle(event: Event): void {}
const events: Event[] = [];`,
      `type Handlers = { [K in Event['type'] as \`on\${Capitalize<K>}\`]: (event: Extract<Event, { type: K }>) => void };
declare const handlers: Handlers;
type Side = 'top' | 'bottom';
type Spacing = \`\${'margin' | 'padding'}-\${Side}\`;
function space(name: Spacing, size: number): void {}
function pluck<T, K extends keyof T>(item: T, key: K): T[K] {
  return item[key];
}`,
      `const palette = { red: [255, 0, 0], green: '#00ff00' } satisfies Record<string, string | number[]>;
const directions = ['north', 'south'] as const;
type Direction = (typeof directions)[number];
const routes = { home: '/', user: '/user/:id' } as const;
const pair: [name: string, size: number] = ['a', 1];
let maybe: { inner?: { deep: { value: number } } } | undefined;`,
    ],
    samples: [
      { complete: "log('‸')", has: ['debug', 'info', 'warn'], replaces: '' },
      { complete: "const level: Level = 'in‸'", has: ['info'], lacks: ['debug'], replaces: 'in' },
      { complete: 'const theme: Theme = { back‸ };', has: ['background'], lacks: ['accent'], replaces: 'back' },
      {
        complete: "const theme: Theme = { background: '', ‸ };",
        has: ['highlight', 'accent'],
        lacks: ['background'],
        replaces: '',
      },
      { complete: "type Height = Theme['‸']", has: ['background', 'line-height', 'accent'], replaces: '' },
      { complete: "const [first] = events;\nif (first.type === '‸') {}", has: ['click', 'key'], replaces: '' },
      {
        complete: "for (const event of events) {\n  if (event.type === 'key') event.‸\n}",
        has: ['type', 'code', 'repeat'],
        lacks: ['x', 'y'],
        replaces: '',
      },
      {
        complete:
          "function on(event: Event) {\n  switch (event.type) {\n    case 'click':\n      return event.‸;\n  }\n}",
        has: ['x', 'y', 'type'],
        lacks: ['code'],
        replaces: '',
      },
      { complete: "handle({ type: '‸' })", has: ['click', 'key'], replaces: '' },
      { complete: "handle({ type: 'click', x: 1, ‸ })", has: ['y'], lacks: ['x', 'code', 'repeat'], replaces: '' },
      { complete: 'handlers.on‸', has: ['onClick', 'onKey'], replaces: 'on' },
      { complete: 'handlers.onKey = (event) => event.co‸', has: ['code'], lacks: ['x'], replaces: 'co' },
      {
        complete: "space('‸', 1)",
        has: ['margin-top', 'margin-bottom', 'padding-top', 'padding-bottom'],
        replaces: '',
      },
      { complete: "pluck({ width: 1, height: 'tall' }, '‸')", has: ['width', 'height'], replaces: '' },
      { complete: "pluck({ width: 1, height: 'tall' }, 'height').toLow‸", has: ['toLowerCase'], replaces: 'toLow' },
      { complete: 'palette.red.fi‸', has: ['filter', 'find', 'fill'], replaces: 'fi' },
      { complete: 'palette.green.toUp‸', has: ['toUpperCase'], replaces: 'toUp' },
      { complete: 'palette.‸', has: ['red', 'green'], lacks: ['blue'], replaces: '' },
      { complete: "const way: Direction = '‸'", has: ['north', 'south'], replaces: '' },
      { complete: "const route = routes['‸']", has: ['home', 'user'], replaces: '' },
      { complete: 'const [label, size] = pair;\nsize.toP‸', has: ['toPrecision'], replaces: 'toP' },
      { complete: 'maybe?.inner?.deep.‸', has: ['value'], lacks: ['inner'], replaces: '' },
      {
        complete: 'const { background, acc‸ } = {} as Theme;',
        has: ['accent'],
        lacks: ['background'],
        replaces: 'acc',
      },
      { complete: 'type Keys = keyof The‸', has: ['Theme'], replaces: 'The' },
      {
        hover: 'declare const theme: Theme;\ntheme.back‸ground',
        shows: ['(property) Theme.background: string', 'The colour behind everything.'],
      },
      {
        hover: 'declare const theme: Theme;\ntheme.high‸light',
        shows: ['(property) Theme.highlight?: string', 'deprecated', 'accent'],
      },
      {
        hover: 'type Spa‸cing2 = Spacing;',
        shows: ['type Spacing2 = "margin-', '"margin-top"', '"padding-bottom"'],
      },
      { hover: 'rout‸es', shows: ['const routes: {', 'readonly home: "/";', 'readonly user: "/user/:id";'] },
      {
        hover: "plu‸ck({ width: 1 }, 'width')",
        shows: ['function pluck<{ width: number; }, "width">(item: { width: number; }, key: "width"): number'],
      },
      { hover: 'direct‸ions', shows: ['const directions: readonly ["north", "south"]'] },
    ],
  },
  {
    title: 'overloads, callbacks and comments',
    cells: [
      `/** Finds an item. */
function find(id: number): { id: number; found: true };
/** Finds items by their names. */
function find(name: string, limit?: number): { name: string }[];
function find(key: number | string): unknown {
  return typeof key === 'number' ? { id: key, found: true } : [{ name: key }];
}`,
      `/**
 * Scales a value.
 * @param value What is scaled.
 * @param factor By how much; 2 if it is not given.
 * @returns the product.
 * @example
 * scale(21) // 42
 */
function scale(value: number, factor = 2): number {
  return value * factor;
}
/** @deprecated Use {@link scale}. */
function grow(value: number): number {
  return value * 2;
}`,
      `interface Options<T> {
  readonly initial: T;
  onChange?(next: T, previous: T): void;
  compare?: (a: T, b: T) => boolean;
}
function store<T>(options: Options<T>): { get(): T; set(next: T): void } {
  let value = options.initial;
  return { get: () => value, set: (next) => { value = next; } };
}
const position = store({ initial: { x: 0, y: 0 } });
async function load(id: number): Promise<{ id: number; body: string[] }> {
  return { id, body: [] };
}`,
    ],
    samples: [
      { complete: 'find(1).‸', has: ['id', 'found'], lacks: ['length', 'name'], replaces: '' },
      { complete: "find('a')[0].‸", has: ['name'], lacks: ['id'], replaces: '' },
      { complete: 'position.get().‸', has: ['x', 'y'], lacks: ['initial'], replaces: '' },
      { complete: 'position.set({ x: 1, ‸ })', has: ['y'], lacks: ['x'], replaces: '' },
      {
        complete: "store({ initial: 'a', ‸ })",
        has: ['onChange', 'compare'],
        lacks: ['initial'],
        replaces: '',
      },
      {
        complete: "store({ initial: { name: 'a' }, onChange(next, previous) { previous.na‸ } })",
        has: ['name'],
        replaces: 'na',
      },
      { complete: '(await load(1)).body.pu‸', has: ['push'], replaces: 'pu' },
      { complete: 'load(1).then((page) => page.‸)', has: ['id', 'body'], lacks: ['then'], replaces: '' },
      { complete: 'load(1).‸', has: ['then', 'catch', 'finally'], lacks: ['body'], replaces: '' },
      { complete: 'gro‸', has: ['grow'], replaces: 'gro' },
      { hover: 'fi‸nd(1)', shows: ['function find(id: number): { id: number; found: true; }', 'Finds an item.'] },
      {
        hover: "fi‸nd('a', 2)",
        shows: ['function find(name: string, limit?: number): { name: string; }[]', 'Finds items by their names.'],
      },
      {
        hover: 'sca‸le(1)',
        shows: [
          'function scale(value: number, factor?: number): number',
          'Scales a value.',
          'By how much',
          'scale(21) // 42',
        ],
      },
      { hover: 'gr‸ow(1)', shows: ['function grow(value: number): number', 'deprecated'] },
      { hover: 'lo‸ad(1)', shows: ['function load(id: number): Promise<{ id: number; body: string[]; }>'] },
      { hover: 'store({ ini‸tial: 1 })', shows: ['(property) Options<number>.initial: number'] },
    ],
  },
];
