/** The line commands: what each is called, takes and does. Their work is done in kernel/src/worker/commands. */

export interface LineCommandEntry {
  readonly name: string;
  /** What follows the name. `code`: TypeScript, after options maybe. `text`: anything, for the command itself to read. */
  readonly takes: 'code' | 'text';
  /** Whether `%%name` as the first line means the whole cell. */
  readonly wholeCell: boolean;
  /** How it is written. */
  readonly usage: readonly string[];
  /** One sentence. */
  readonly summary: string;
  /** More, as Markdown. */
  readonly details: string;
  /** The real function behind it. */
  readonly call: string;
}

const entries: readonly LineCommandEntry[] = [
  {
    name: 'time',
    takes: 'code',
    wholeCell: true,
    usage: ['%time EXPRESSION', '%time STATEMENT', '%%time'],
    summary: 'Runs once and says how long it took.',
    details:
      'Prints wall time and the processor time of this thread. The result of the cell stays what it is without the command; a promise is awaited, and its value is the result.',
    call: 'elara.time(() => expression)',
  },
  {
    name: 'bench',
    takes: 'code',
    wholeCell: true,
    usage: [
      '%bench [-n LOOPS] [-r RUNS] EXPRESSION',
      '%bench [-n LOOPS] [-r RUNS] STATEMENT',
      '%%bench [-n LOOPS] [-r RUNS]',
    ],
    summary: 'Runs repeatedly and gives mean, deviation, median and minimum of the time.',
    details:
      'A run is so many loops of the code; their number is chosen unless `-n` says it, and there are 7 runs unless `-r` says otherwise. A promise is awaited in each loop. What a benched cell declares stays in it.',
    call: 'await elara.bench(() => expression, { loops, runs })',
  },
  {
    name: 'who',
    takes: 'text',
    wholeCell: false,
    usage: ['%who', '%who PREFIX', '%who GLOB'],
    summary: 'Lists the names that the cells have declared, with type and value.',
    details: '`%who user` lists the names that begin with `user`, `%who *Id` those that fit the pattern (`*`, `?`).',
    call: 'elara.who(pattern)',
  },
  {
    name: 'load',
    takes: 'text',
    wholeCell: false,
    usage: ['%load FILE [RANGES]', '%load URL [RANGES]'],
    summary: 'Puts the text of a file in the place of this cell.',
    details:
      'Of a notebook (`.ipynb`), its code cells. `RANGES` chooses lines, or cells of a notebook: `3`, `1-5 7`, `10-`.',
    call: 'await elara.load(source, ranges)',
  },
  {
    name: 'save',
    takes: 'text',
    wholeCell: false,
    usage: ['%save [-f] FILE [RANGES]'],
    summary: 'Writes the cells as they were executed to a script or a notebook.',
    details:
      'A name that ends in `.ipynb` makes a notebook, any other a script whose cells begin with `// %%`, as `elara run` reads it. `RANGES` chooses cells by their numbers (`1-5 7`); without it all before this one are written. `-f` overwrites the file.',
    call: 'await elara.save(file, { ranges, force })',
  },
  {
    name: 'reset',
    takes: 'text',
    wholeCell: false,
    usage: ['%reset [-f]'],
    summary: 'Forgets all that the cells have declared, and their results.',
    details: 'Asks first, unless `-f` is given. Modules that are loaded stay loaded.',
    call: 'await elara.reset()',
  },
  {
    name: 'cd',
    takes: 'text',
    wholeCell: false,
    usage: ['%cd', '%cd FOLDER', '%cd -'],
    summary: 'Changes the working folder, or says which it is.',
    details:
      '`import` and `require` of relative paths and packages, `import.meta` and `process.cwd()` follow. `%cd -` goes back to the folder before, `~` is your own.',
    call: 'elara.cd(folder)',
  },
  {
    name: 'env',
    takes: 'text',
    wholeCell: false,
    usage: ['%env', '%env NAME', '%env NAME=VALUE', '%env GLOB'],
    summary: 'Lists, shows or sets environment variables.',
    details:
      'The list masks the values of names that look like secrets (`…TOKEN`, `…PASSWORD`, `…KEY`); `%env NAME` shows one.',
    call: 'elara.env(name, value)',
  },
  {
    name: 'npm',
    takes: 'text',
    wholeCell: false,
    usage: ['%npm install PACKAGE…', '%npm uninstall PACKAGE…', '%npm ls'],
    summary: 'Installs packages for this notebook.',
    details: 'Packages go into a cache of this notebook, and can be imported at once.',
    call: "await elara.npm('install', 'lodash-es@4')",
  },
  {
    name: 'check',
    takes: 'text',
    wholeCell: true,
    usage: ['%check', '%check error|warn|off', '%%check error|warn|off'],
    summary: 'Says what a type error in a cell does.',
    details:
      '`error`: the cell does not run. `warn`: it runs, and the errors are shown. `off`: types are not checked. `%%check` is for one cell, `%check` for those after it.',
    call: 'await elara.check(mode)',
  },
  {
    name: 'history',
    takes: 'text',
    wholeCell: false,
    usage: ['%history [-n] [N]', '%history [-n] RANGES', '%history [-n] -g PATTERN [N]'],
    summary: 'Prints what was executed, in this session or before.',
    details:
      '`%history 20` prints the last 20 cells of all sessions, `%history 1-5 7` cells of this one, `%history ~1/2-4` of the one before. `-g` searches all sessions (`*` and `?` stand for any text and any character). `-n` prints numbers.',
    call: 'await elara.history({ last, ranges, pattern })',
  },
  {
    name: 'help',
    takes: 'text',
    wholeCell: false,
    usage: ['%', '%help', '%help COMMAND', '%COMMAND?'],
    summary: 'Lists the line commands, or says what one does.',
    details: '',
    call: 'elara.help(command)',
  },
];

export const LINE_COMMANDS: ReadonlyMap<string, LineCommandEntry> = new Map(
  entries.map((entry) => [entry.name, entry]),
);

/** The command that somebody may have meant; undefined where none is near. */
export function nearestCommand(name: string): string | undefined {
  const wanted = name.toLowerCase();
  const ranked = entries
    .map((entry) => ({ name: entry.name, distance: distance(wanted, entry.name) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  const starts = entries.find((entry) => wanted.length > 1 && entry.name.startsWith(wanted));
  return (
    starts?.name ?? (best !== undefined && best.distance <= Math.max(1, wanted.length / 3) ? best.name : undefined)
  );
}

/** How many letters must be inserted, removed, changed, or swapped with the next. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
