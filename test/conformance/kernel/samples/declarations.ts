import type { SampleNotebook } from './sample.ts';

/** Classes, enums, namespaces, and what the kernel compiles for them. */
export const declarations: readonly SampleNotebook[] = [
  {
    title: 'classes',
    cells: [
      `abstract class Account {
  static readonly currency = 'EUR';
  static #opened = 0;
  readonly id: number;
  protected balance = 0;
  private secret = 'x';
  #pin = 1234;
  constructor(id: number) {
    this.id = id;
    Account.#opened += 1;
  }
  static opened(): number {
    return Account.#opened;
  }
  /** What is in it, in cents. */
  get cents(): number {
    return this.balance * 100;
  }
  deposit(amount: number): this {
    this.balance += amount;
    return this;
  }
  abstract close(): void;
}`,
      `class Savings extends Account {
  rate = 0.02;
  close(): void {}
}
const savings = new Savings(1);`,
      `function logged<This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
  _context: ClassMethodDecoratorContext,
) {
  return function (this: This, ...args: Args): Result {
    return method.call(this, ...args);
  };
}
class Service {
  @logged
  greet(name: string): string {
    return \`Hello \${name}\`;
  }
  *[Symbol.iterator](): Generator<{ step: number }> {
    yield { step: 1 };
  }
}
const service = new Service();`,
    ],
    samples: [
      {
        complete: 'savings.‸',
        has: ['id', 'cents', 'deposit', 'close', 'rate'],
        lacks: ['balance', 'secret', '#pin', 'currency'],
        replaces: '',
      },
      { complete: 'savings.deposit(1).ra‸', has: ['rate'], replaces: 'ra' },
      { complete: 'Savings.‸', has: ['currency', 'opened', 'prototype'], lacks: ['rate', '#opened'], replaces: '' },
      {
        complete: 'class Special extends Savings {\n  bonus() {\n    return this.‸;\n  }\n}',
        has: ['balance', 'cents', 'rate', 'bonus'],
        lacks: ['secret', '#pin'],
        replaces: '',
      },
      {
        complete: 'class Vault {\n  #key = 1;\n  private open = false;\n  peek() {\n    return this.‸;\n  }\n}',
        has: ['#key', 'open', 'peek'],
        replaces: '',
      },
      {
        complete: 'class Free extends Savings {\n  override dep‸\n}',
        has: ['deposit'],
        lacks: ['rate'],
        replaces: 'dep',
      },
      { complete: "service.greet('Ada').tri‸", has: ['trim', 'trimEnd'], replaces: 'tri' },
      { complete: 'for (const item of service) item.‸', has: ['step'], lacks: ['next'], replaces: '' },
      { complete: '[...service][0].st‸', has: ['step'], replaces: 'st' },
      { complete: 'class Next {\n  @log‸\n  run() {}\n}', has: ['logged'], replaces: 'log' },
      { complete: 'if (savings instanceof Acc‸)', has: ['Account'], replaces: 'Acc' },
      { complete: 'savings.cents.toL‸', has: ['toLocaleString'], replaces: 'toL' },
      { hover: 'savings.cen‸ts', shows: ['Account.cents: number', 'What is in it, in cents.'] },
      { hover: 'savings.depo‸sit(1)', shows: ['(method) Account.deposit(amount: number): Savings'] },
      { hover: 'new Sav‸ings(1)', shows: ['constructor Savings(id: number): Savings'] },
      { hover: 'Account.curr‸ency', shows: ['(property) Account.currency: "EUR"'] },
      { hover: "service.gre‸et('Ada')", shows: ['(method) Service.greet(name: string): string'] },
    ],
  },
  {
    title: 'enums, namespaces and generators',
    cells: [
      `enum Color {
  Red,
  /** Like grass. */
  Green = 'green',
  Blue = 'blue',
}
const enum Size { Small = 1, Large = 2 }`,
      `namespace Geometry {
  export interface Point { x: number; y: number }
  export const ORIGIN: Point = { x: 0, y: 0 };
  export namespace Units { export const CENTIMETRE = 0.01; }
  const hidden = 1;
  export function distance(a: Point, b: Point): number {
    return Math.hypot(a.x - b.x, a.y - b.y) * hidden;
  }
}`,
      `function* countdown(from: number): Generator<number, string, boolean> {
  while (from > 0) if (yield from--) break;
  return 'done';
}
async function* pages(): AsyncGenerator<{ page: number; rows: string[] }> {
  yield { page: 1, rows: [] };
}`,
    ],
    samples: [
      { complete: 'Color.‸', has: ['Red', 'Green', 'Blue'], lacks: ['Small'], replaces: '' },
      { complete: 'Size.L‸', has: ['Large'], lacks: ['Small'], replaces: 'L' },
      {
        complete: 'Geometry.‸',
        has: ['ORIGIN', 'Units', 'distance'],
        lacks: ['hidden', 'Point'],
        replaces: '',
      },
      { complete: 'const spot: Geometry.‸', has: ['Point'], lacks: ['distance', 'ORIGIN'], replaces: '' },
      { complete: 'Geometry.Units.CENT‸', has: ['CENTIMETRE'], replaces: 'CENT' },
      { complete: 'Geometry.distance(Geometry.ORIGIN, { x: 1, ‸ })', has: ['y'], lacks: ['x'], replaces: '' },
      { complete: 'for await (const { page, ro‸ } of pages()) {}', has: ['rows'], lacks: ['page'], replaces: 'ro' },
      { complete: 'for (const left of countdown(3)) left.toEx‸', has: ['toExponential'], replaces: 'toEx' },
      { hover: 'Color.Gre‸en', shows: ['(enum member) Color.Green = "green"', 'Like grass.'] },
      { hover: 'Geome‸try', shows: ['namespace Geometry'] },
      { hover: 'count‸down(1)', shows: ['function countdown(from: number): Generator<number, string, boolean>'] },
      { hover: 'Geometry.ORI‸GIN', shows: ['const Geometry.ORIGIN: Geometry.Point'] },
    ],
  },
  {
    title: 'JSX with a factory of its own',
    cells: [
      `namespace h {
  export namespace JSX {
    export interface Element { tag: string }
    export interface IntrinsicElements { panel: { title: string; open?: boolean }; note: { text: string } }
  }
}
function h(tag: string, props: object | null, ...children: unknown[]): h.JSX.Element {
  return { tag };
}`,
    ],
    samples: [
      { complete: '/** @jsx h */\nconst view = <pan‸', has: ['panel'], lacks: ['note'], replaces: 'pan' },
      { complete: '/** @jsx h */\nconst view = <panel ti‸ />;', has: ['title'], lacks: ['open'], replaces: 'ti' },
      { complete: "/** @jsx h */\nconst view = <panel title='a' />;\nview.‸", has: ['tag'], replaces: '' },
    ],
  },
];
