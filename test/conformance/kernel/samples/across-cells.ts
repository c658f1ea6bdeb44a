import type { SampleNotebook } from './sample.ts';

/** What one cell leaves to the next ones. */
export const acrossCells: readonly SampleNotebook[] = [
  {
    title: 'names that change their kinds',
    cells: [
      'const shape = { corners: 4 };\nlet total: number | string = 1;\nvar item = 1;',
      "function shape() {\n  return { sides: ['a'] };\n}\ntotal = 'one';\nvar item = 'text';",
      'interface Thing { early: number }\nconst thing: Thing = { early: 1 };',
      "interface Thing { late: string }\nconst later: Thing = { late: 'x' };",
      'const Both = { value: 1 };',
      "type Both = 'left' | 'right';",
      "throw new Error('no');\nconst never = { lost: 1 };",
      "const émile = { 'prénom': 'Émile', âge: 10 };\nconst 名前 = { 長さ: 2 };",
    ],
    samples: [
      { complete: 'shape().‸', has: ['sides'], lacks: ['corners'], replaces: '' },
      { complete: 'shape.ca‸', has: ['call'], lacks: ['corners'], replaces: 'ca' },
      { complete: 'total.toU‸', has: ['toUpperCase'], lacks: ['toFixed'], replaces: 'toU' },
      { complete: 'item.toLo‸', has: ['toLowerCase'], replaces: 'toLo' },
      { complete: 'thing.‸', has: ['early'], lacks: ['late'], replaces: '' },
      { complete: 'const newest: Thing = { ‸ };', has: ['late'], lacks: ['early'], replaces: '' },
      { complete: "const side: Both = '‸';", has: ['left', 'right'], replaces: '' },
      { complete: 'Both.‸', has: ['value'], replaces: '' },
      {
        complete: 'class shape { static round = 1 }\nshape.‸',
        has: ['round'],
        lacks: ['corners', 'sides'],
        replaces: '',
      },
      { complete: "'😀🎉' + émi‸", has: ['émile'], replaces: 'émi' },
      { complete: "'😀'; émile.pr‸", has: ['prénom'], lacks: ['âge'], replaces: 'pr' },
      { complete: '/* 🎉 */ 名前.長‸', has: ['長さ'], replaces: '長' },
      { hover: 'sha‸pe()', shows: ['function shape(): { sides: string[]; }'] },
      { hover: 'lat‸er', shows: ['const later: Thing'] },
    ],
  },
  {
    title: 'files beside the notebook',
    cells: [
      "import Canvas, { area, PRECISION } from './shapes.ts';\nimport type { Shape } from './shapes.ts';",
      "import settings from './settings.json' with { type: 'json' };\nimport * as shapes from './shapes.ts';",
      "const canvas = new Canvas().add({ kind: 'square', side: 2 });",
    ],
    samples: [
      { complete: "const round: Shape = { kind: '‸' }", has: ['circle', 'square'], replaces: '' },
      { complete: "area({ kind: 'circle', ‸ })", has: ['radius'], lacks: ['kind', 'side'], replaces: '' },
      { complete: 'canvas.shapes[0].‸', has: ['kind'], lacks: ['radius'], replaces: '' },
      { complete: 'canvas.add‸', has: ['add'], replaces: 'add' },
      { complete: 'settings.‸', has: ['theme', 'fontSize'], replaces: '' },
      { complete: 'shapes.‸', has: ['area', 'PRECISION', 'default'], lacks: ['Shape'], replaces: '' },
      { complete: 'type Round = shapes.Ci‸', has: ['Circle'], replaces: 'Ci' },
      { complete: "import { ‸ } from './shapes.ts';", has: ['area', 'PRECISION', 'Shape', 'Circle'], replaces: '' },
      { complete: 'function draw(shape: Sha‸', has: ['Shape'], replaces: 'Sha' },
      {
        hover: 'ar‸ea',
        shows: ['function area(shape: Shape): number', 'The area of a shape.', 'square units, rounded.'],
      },
      { hover: 'PRECI‸SION', shows: ['const PRECISION: 2', 'How many decimals'] },
      { hover: 'settings.the‸me', shows: ['(property) "theme": string'] },
    ],
  },
  {
    title: 'globals of the kernel',
    cells: ["const chart = { data: { 'text/plain': 'x' } };"],
    samples: [
      { complete: 'disp‸', has: ['display'], replaces: 'disp' },
      { complete: 'promp‸', has: ['prompt'], replaces: 'promp' },
      { complete: 'elara.‸', has: ['time', 'bench', 'who', 'save', 'widgets'], replaces: '' },
      { complete: "elara.check('‸')", has: ['error', 'warn', 'off'], replaces: '' },
      { complete: 'elara.widgets.IntSl‸', has: ['IntSlider'], replaces: 'IntSl' },
      { complete: 'new elara.widgets.IntSlider({ ma‸ })', has: ['max'], lacks: ['min'], replaces: 'ma' },
      { complete: '(await elara.history())[0].‸', has: ['session', 'line', 'source'], replaces: '' },
      { complete: 'console.ta‸', has: ['table'], replaces: 'ta' },
      { hover: 'elara.ti‸me(() => 1)', shows: ['time<number>(code: () => number): number', 'Runs code once'] },
    ],
  },
];
