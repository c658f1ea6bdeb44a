/** What is asked, and what must be among the matches. */
export interface Completion {
  /** The cursor is at its end. */
  readonly code: string;
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
}

export const typescriptSnippets: Snippets = {
  expression: '1+1',
  setup: `const point = { alpha: 1, beta: 2, gamma: 3 };
const xs = [1, 2, 3];
function addition(a: number, b: number): number { return a + b; }`,
  completeMember: { code: 'point.al', match: 'alpha' },
  completeTyped: { code: 'xs.map(v => v.toF', match: 'toFixed' },
  inspect: 'addition',
  lines: (n) => `for (let i = 0; i < ${n}; i++) console.log('line ' + i)`,
  print: (n) => `console.log('x'.repeat(${n}))`,
  busyLoop: 'while (true) {}',
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
  completeMember: { code: 'point.al', match: 'alpha' },
  completeTyped: { code: 'for v in xs: v.bit_l', match: 'bit_length' },
  inspect: 'addition',
  lines: (n) => `for i in range(${n}): print('line', i)`,
  print: (n) => `print('x' * ${n})`,
  busyLoop: 'while True: pass',
};
