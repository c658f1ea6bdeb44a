/** What is asked, and what must be among the matches. */
export interface Completion {
  /** The cursor is at its end. The code of each round is another one, as while somebody writes. */
  readonly code: (round: number) => string;
  readonly match: string;
}

/** The same work in the two languages. */
export interface Snippets {
  readonly expression: string;
  /** Declares what the completions and the inspection ask about. */
  readonly setup: string;
  readonly completeMember: Completion;
  /** Only types tell what `v` is: nothing of it is alive. */
  readonly completeTyped: Completion;
  readonly inspect: string;
  /** Prints `line 0` to `line <n - 1>`. */
  readonly lines: (n: number) => string;
  /** Prints `n` times `x`, and a line end. */
  readonly print: (n: number) => string;
  readonly busyLoop: string;
  /** Runs so long, and leaves no time for anything else. */
  readonly loopFor: (ms: number) => string;
  /** Waits so long in an await. */
  readonly awaitFor: (ms: number) => string;
  /** The cell with that number of a long notebook: declares a few names, and uses some of the cell before it. */
  readonly cell: (number: number) => string;
  /** Asks about what that cell has declared. */
  readonly completeOfCell: (number: number) => Completion;
}

export const typescriptSnippets: Snippets = {
  expression: '1+1',
  setup: `const point = { alpha: 1, beta: 2, gamma: 3 };
const xs = [1, 2, 3];
function addition(a: number, b: number): number { return a + b; }`,
  completeMember: { code: (round) => `const n = ${round};\npoint.al`, match: 'alpha' },
  completeTyped: { code: (round) => `const n = ${round};\nxs.map(v => v.toF`, match: 'toFixed' },
  inspect: 'addition',
  lines: (n) => `for (let i = 0; i < ${n}; i++) console.log('line ' + i)`,
  print: (n) => `console.log('x'.repeat(${n}))`,
  busyLoop: 'while (true) {}',
  loopFor: (ms) => `{ const end = Date.now() + ${ms}; while (Date.now() < end); }`,
  awaitFor: (ms) => `await new Promise((resolve) => setTimeout(resolve, ${ms}));`,
  cell: (number) => `interface Row${number} { label: string; value: number; tags: string[] }
const row${number}: Row${number} = { label: 'row ${number}', value: ${number}, tags: ['a', 'b'] };
function sum${number}(rows: Row${number}[]): number {
  return rows.reduce((sum, { value }) => sum + value, ${number > 1 ? `row${number - 1}.value` : 0});
}
sum${number}([row${number}])`,
  completeOfCell: (number) => ({
    code: (round) => `const n = ${round};\n[row${number}].map((row) => row.lab`,
    match: 'label',
  }),
};

export const pythonSnippets: Snippets = {
  expression: '1+1',
  setup: `class Point:
    alpha = 1
    beta = 2
    gamma = 3
point = Point()
xs = [1, 2, 3]
def addition(a, b):
    return a + b`,
  completeMember: { code: (round) => `n = ${round}\npoint.al`, match: 'alpha' },
  completeTyped: { code: (round) => `n = ${round}\nfor v in xs: v.bit_l`, match: 'bit_length' },
  inspect: 'addition',
  lines: (n) => `for i in range(${n}): print('line', i)`,
  print: (n) => `print('x' * ${n})`,
  busyLoop: 'while True: pass',
  loopFor: (ms) => `import time\nend = time.time() + ${ms} / 1000\nwhile time.time() < end: pass`,
  awaitFor: (ms) => `import asyncio\nawait asyncio.sleep(${ms} / 1000)`,
  cell: (number) => `class Row${number}:
    label = 'row ${number}'
    value = ${number}
row${number} = Row${number}()
def sum${number}(rows):
    return sum((row.value for row in rows), ${number > 1 ? `row${number - 1}.value` : 0})
sum${number}([row${number}])`,
  completeOfCell: (number) => ({ code: (round) => `n = ${round}\nfor row in [row${number}]: row.lab`, match: 'label' }),
};
