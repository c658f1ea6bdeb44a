import type { CellFacts } from './cell-facts.ts';
import type { Kind } from './declarations.ts';

/** A name of the notebook as a later cell sees it. Another object as soon as it means anything else. */
export interface Visible {
  readonly kind: Kind;
  /** Number of the cell that declares it. */
  readonly declared: number;
  /** Number of the cell whose document knows at its end what a variable holds: the last that assigned to it. */
  readonly assigned: number;
}

/** How a document gets a name of another. */
type How =
  | 'import'
  /** The type of a name whose value is the document's own. */
  | 'type'
  /** The value of a name whose type is the document's own. */
  | 'value'
  /** Something that may be assigned to. */
  | 'variable'
  /** Nobody has declared it. */
  | 'any';

export interface Taken {
  readonly how: How;
  readonly visible?: Visible | undefined;
}

/** A cell's text, and what it takes from other cells. */
export interface BoundCell {
  readonly facts: CellFacts;
  readonly taken: ReadonlyMap<string, Taken>;
}

/** Cells as the language server gets them: one line before the user's, and the end after them. */
export interface DocumentText {
  readonly text: string;
  /** Documents that it imports from. */
  readonly imports: ReadonlySet<number>;
  /** The line on which each of the cells begins. */
  readonly lines: readonly number[];
  readonly isJsx: boolean;
}

/** How the names of the documents begin. Nothing of this name is on disk. */
export const DOCUMENT = 'elara-cell-';

/** Number of the document of what is forgotten. It is never there: what is imported from it is `any`. */
export const NOWHERE = 0;

/** Lines before the user's first. */
export const LINES_BEFORE = 1;

/** How names begin that only documents give to each other. */
const INTERNAL = '$elara_';
/** Prefix of the export that says what a variable holds at the end of a document. */
const HELD = `${INTERNAL}held_`;
/** Prefix of an import beside what the document itself calls so. */
const OTHER = `${INTERNAL}other_`;

export function isInternal(name: string): boolean {
  return name.startsWith(INTERNAL) || name.includes(DOCUMENT);
}

export interface DocumentOptions {
  /** JavaScript has neither annotations nor declarations. */
  readonly javascript: boolean;
  /** Number of the document that a cell is in. */
  readonly documentOf: (cell: number) => number;
  /** Its own number: others import from it. */
  readonly number?: number;
  /** Documents that it imports from in any case. */
  readonly imports?: Iterable<number>;
}

export function documentName(document: number | string, javascript: boolean): string {
  return `${DOCUMENT}${document}.${javascript ? 'mjs' : 'mts'}`;
}

/** What a cell takes from the cells before it. */
export function takenBy(
  { mentions, declares, assigns, globals }: CellFacts,
  visible: (name: string) => Visible | undefined,
  javascript: boolean,
): Map<string, Taken> {
  const taken = new Map<string, Taken>();
  for (const name of mentions) {
    const known = visible(name);
    const own = declares.get(name);
    if (own !== undefined) {
      const how = known === undefined || javascript ? 'nothing' : carried(own, known.kind);
      if (how !== 'nothing') taken.set(name, { how, visible: known });
    } else if (known === undefined) {
      const implicit = (assigns.has(name) && !(name in globalThis)) || globals.has(name);
      if (implicit && !javascript) taken.set(name, { how: 'any' });
    } else if (known.kind === 'implicit') {
      if (!javascript) taken.set(name, { how: 'any', visible: known });
    } else {
      const changes = isVariable(known.kind) || (assigns.has(name) && mayChange(known.kind));
      taken.set(name, { how: changes && !javascript ? 'variable' : 'import', visible: known });
    }
  }
  return taken;
}

/**
 * Writes a document of cells that mean the same by each name. What they take from others stands in one line before the
 * user's code, so that broken code cannot swallow it and the columns stay. The line imports once from each document, in the
 * order of their numbers: where no import comes or goes, the language server need not look for all modules again.
 */
export function writeDocument(
  cells: readonly BoundCell[],
  { javascript, documentOf, number, imports: also = [] }: DocumentOptions,
): DocumentText {
  const imports = new Map([...also].map((document): [number, string[]] => [document, []]));
  const take = (text: string, cell: number): void => {
    const document = documentOf(cell);
    const names = imports.get(document) ?? [];
    names.push(text);
    imports.set(document, names);
  };
  const before: string[] = [];
  for (const [name, { how, visible }] of takenTogether(cells)) {
    if (visible === undefined || how === 'any') {
      before.push(`declare let ${name}: any;`);
      continue;
    }
    const { kind, declared, assigned } = visible;
    if (documentOf(declared) === number) continue;
    if (how === 'import') take(name, declared);
    else if (how === 'type') take(`type ${name}`, declared);
    else {
      take(`${name} as ${OTHER}${name}`, declared);
      const type = `typeof ${OTHER}${name}`;
      if (how === 'value') before.push(`declare const ${name}: ${type};`);
      else if (isVariable(kind)) {
        take(`${HELD}${name}`, assigned);
        // The assignment narrows a union to what the cells before have left in it.
        before.push(`let ${name}: ${type} = null as unknown as typeof ${HELD}${name};`);
      } else before.push(`let ${name}: ${type} = null!;`);
    }
  }
  const lines = [...imports]
    .sort(([a], [b]) => a - b)
    .map(([from, names]) => `import { ${names.join(', ')} } from "./${documentName(from, javascript)}";`);
  if (number !== undefined) lines.push(`export { ${exportsOf(cells).join(', ')} };`);
  const isJsx = cells.some(({ facts }) => facts.isJsx);
  const head = [isJsx ? pragmas(cells) : '', ...lines, ...before].filter((part) => part !== '').join(' ');
  const held = number === undefined || javascript ? [] : [...heldBy(cells)];
  const end = held.map((name) => `export const ${HELD}${name} = ${name};`).join(' ');
  return { ...join(head, cells, end), imports: new Set(imports.keys()), isJsx };
}

/** Each name once: what the cells say of it is the same, but for what was assigned in between. */
function takenTogether(cells: readonly BoundCell[]): Map<string, Taken> {
  const together = new Map<string, Taken>();
  for (const { taken } of cells) for (const [name, how] of taken) if (!together.has(name)) together.set(name, how);
  return together;
}

function exportsOf(cells: readonly BoundCell[]): string[] {
  return cells.flatMap(({ facts }) => [...facts.declares.keys()].filter((name) => !facts.exports.has(name)));
}

/** Variables of which a document knows what they hold at its end. */
function heldBy(cells: readonly BoundCell[]): Set<string> {
  const held = new Set<string>();
  for (const { facts, taken } of cells) {
    for (const [name, kind] of facts.declares) if (isVariable(kind)) held.add(name);
    for (const name of facts.assigns) if (isVariable(taken.get(name)?.visible?.kind)) held.add(name);
  }
  return held;
}

function join(head: string, cells: readonly BoundCell[], end: string): Pick<DocumentText, 'text' | 'lines'> {
  let text = head;
  let line = LINES_BEFORE;
  const lines: number[] = [];
  for (const { facts } of cells) {
    const [open, close] = facts.isObject ? ['(', ')'] : ['', ''];
    text += `${open}\n${facts.code}\n${close};`;
    lines.push(line);
    line += linesIn(facts.code) + 1;
  }
  return { text: `${text}${end}\n`, lines };
}

const LINE_END = /\r\n|\r|\n/;

/** How many lines a text has for the language server. */
export function linesIn(code: string): number {
  return code.split(LINE_END).length;
}

function isVariable(kind: Kind | undefined): boolean {
  return kind === 'let' || kind === 'var';
}

/** Functions and classes can be assigned to in sloppy code. */
function mayChange(kind: Kind): boolean {
  return kind === 'function' || kind === 'class';
}

type Meaning = 'value' | 'type' | 'both';

function meaningOf(kind: Kind): Meaning {
  switch (kind) {
    case 'type':
    case 'interface':
      return 'type';
    case 'class':
    case 'enum':
    case 'namespace':
    case 'import':
      return 'both';
    default:
      return 'value';
  }
}

/** What is left of an older declaration beside a newer one of its name: a type beside a value, and the other way round. */
function carried(own: Kind, older: Kind): 'import' | 'type' | 'value' | 'nothing' {
  const before = meaningOf(older);
  switch (meaningOf(own)) {
    case 'both':
      return 'nothing';
    case 'value':
      return before === 'type' ? 'type' : 'nothing';
    case 'type':
      if (older === 'implicit' || before === 'type') return 'nothing';
      return before === 'value' ? 'import' : 'value';
  }
}

/** Comments that speak to the compiler stand at the very beginning. */
function pragmas(cells: readonly BoundCell[]): string {
  const code = cells.map(({ facts }) => facts.code).join('\n');
  return [...code.matchAll(/@(jsx|jsxFrag|jsxImportSource|jsxRuntime)\s+([\w.@/-]+)/g)]
    .map(([, name, value]) => `/** @${name} ${value} */`)
    .join(' ');
}
