import type { SampleNotebook } from './sample.ts';

/** What the language brings: nothing of a browser. */
export const library: readonly SampleNotebook[] = [
  {
    title: 'arrays, maps and promises',
    cells: [
      `const counts = new Map<string, { total: number; last?: Date }>([['a', { total: 1 }]]);
const pairs = [...counts.entries()];
const list = [3, 1, 2];`,
      "const jobs = [Promise.resolve(1), Promise.resolve('x')] as const;\nconst settled = await Promise.allSettled(jobs);",
    ],
    samples: [
      { complete: "counts.get('a')?.‸", has: ['total', 'last'], lacks: ['size'], replaces: '' },
      { complete: "counts.get('a')!.last?.toIS‸", has: ['toISOString'], replaces: 'toIS' },
      { complete: 'for (const [key, value] of counts) value.to‸', has: ['total'], lacks: ['toFixed'], replaces: 'to' },
      { complete: 'pairs.map(([key, value]) => key.padS‸)', has: ['padStart'], replaces: 'padS' },
      {
        complete: 'list.filter((n) => n > 1).map(String).map((text) => text.rep‸)',
        has: ['repeat', 'replace', 'replaceAll'],
        replaces: 'rep',
      },
      { complete: '(await Promise.all(jobs))[1].sta‸', has: ['startsWith'], lacks: ['toFixed'], replaces: 'sta' },
      {
        complete: "if (settled[0].status === 'fulfilled') settled[0].‸",
        has: ['status', 'value'],
        lacks: ['reason'],
        replaces: '',
      },
      {
        complete: "Object.groupBy(list, (n) => (n % 2 ? 'odd' : 'even')).‸",
        has: ['odd', 'even'],
        lacks: ['length'],
        replaces: '',
      },
      {
        complete: 'list.reduce((seen, n) => seen.set(n, String(n)), new Map<number, string>()).‸',
        has: ['get', 'has', 'size'],
        lacks: ['push'],
        replaces: '',
      },
      { complete: 'Array.from({ length: 3 }, (_, index) => index.toF‸)', has: ['toFixed'], replaces: 'toF' },
      { complete: 'new Set(list).‸', has: ['add', 'union', 'isSubsetOf'], lacks: ['push'], replaces: '' },
      { complete: 'list.values().‸', has: ['next', 'take', 'toArray'], lacks: ['push'], replaces: '' },
      { complete: 'Promise.‸', has: ['all', 'allSettled', 'withResolvers', 'race'], lacks: ['then'], replaces: '' },
      { complete: 'docum‸', has: [], lacks: ['document'], replaces: 'docum' },
      { complete: 'const shown: HTMLEl‸', has: [], lacks: ['HTMLElement'], replaces: 'HTMLEl' },
      { complete: 'Math.ma‸', has: ['max'], lacks: ['min'], replaces: 'ma' },
      { complete: "'a,b'.split(',')?.at(-1)?.char‸", has: ['charAt', 'charCodeAt'], replaces: 'char' },
      { hover: 'coun‸ts', shows: ['const counts: Map<string, { total: number; last?: Date; }>'] },
      {
        hover: 'list.find‸Last((n) => n > 1)',
        shows: ['findLast(predicate: (value: number, index: number, array: number[]) => unknown', 'number | undefined'],
      },
      { hover: 'settl‸ed', shows: ['PromiseSettledResult<number>', 'PromiseSettledResult<string>'] },
      { hover: 'list.map((n, ind‸ex) => index)', shows: ['(parameter) index: number'] },
      {
        hover: "parse‸Int('1', 10)",
        shows: ['function parseInt(string: string, radix?: number): number', 'Converts a string to an integer'],
      },
    ],
  },
];
