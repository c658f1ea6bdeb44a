import type { CellFacts, Kind } from './cell-facts.ts';

/** A name of the notebook as a later cell sees it. */
export interface Visible {
  readonly kind: Kind;
  /** Number of the document that declares it. */
  readonly document: number;
  /** Number of the document whose end knows best what a variable holds: the last that assigned to it. */
  readonly assigned: number;
}

/** A cell's text as the language server gets it: one line before the user's, and the end after it. */
export interface DocumentText {
  readonly text: string;
  /** Documents that it imports from. */
  readonly imports: ReadonlySet<number>;
}

/** How the names of the documents begin. Nothing of this name is on disk. */
export const DOCUMENT = 'elara-cell-';

/** Lines before the user's first. */
export const LINES_BEFORE = 1;

export interface DocumentOptions {
  /** JavaScript has neither annotations nor declarations. */
  readonly javascript: boolean;
  /** Others import from it. */
  readonly exported: boolean;
}

export function documentName(document: number | string, javascript: boolean): string {
  return `${DOCUMENT}${document}.${javascript ? 'mjs' : 'mts'}`;
}

/** Prefix of the export that says what a variable holds at the end of a document. */
const HELD = '$held_';

/**
 * Writes the document of a cell. What it takes from others stands in one line before the user's code, so that broken code
 * cannot swallow it and all places differ by that line alone.
 */
export function writeDocument(
  facts: CellFacts,
  visible: (name: string) => Visible | undefined,
  { javascript, exported }: DocumentOptions,
): DocumentText {
  const imports = new Map<number, string[]>();
  const before: string[] = [];
  const held: string[] = [];
  const importName = (name: string, from: number, asType = false): void => {
    const names = imports.get(from) ?? [];
    names.push(asType ? `type ${name}` : name);
    imports.set(from, names);
  };
  const exportsOf = (document: number): string => `typeof import("./${documentName(document, javascript)}")`;
  const used = new Set<number>();
  for (const name of facts.mentions) {
    const known = visible(name);
    const own = facts.declares.get(name);
    if (own !== undefined) {
      if (known === undefined || javascript) continue;
      const how = carried(own, known.kind);
      if (how === 'import' || how === 'type') importName(name, known.document, how === 'type');
      if (how !== 'value') continue;
      used.add(known.document);
      before.push(`declare const ${name}: ${exportsOf(known.document)}.${name};`);
      continue;
    }
    const assigns = facts.assigns.has(name);
    if (known === undefined) {
      const implicit = (assigns && !(name in globalThis)) || facts.globals.has(name);
      if (implicit && !javascript) before.push(`declare let ${name}: any;`);
      continue;
    }
    const isVariable = known.kind === 'let' || known.kind === 'var';
    if (known.kind === 'implicit') {
      if (!javascript) before.push(`declare let ${name}: any;`);
    } else if (!javascript && (isVariable || (assigns && mayChange(known.kind)))) {
      used.add(known.document).add(known.assigned);
      const declared = `${exportsOf(known.document)}.${name}`;
      // The assignment narrows a union to what the cells before have left in it.
      const value = isVariable ? ` = null as unknown as ${exportsOf(known.assigned)}.${HELD}${name}` : '';
      before.push(`let ${name}: ${declared}${isVariable ? value : ' = null!'};`);
    } else importName(name, known.document);
  }
  if (exported && !javascript) {
    for (const [name, kind] of facts.declares) if (kind === 'let' || kind === 'var') held.push(name);
    for (const name of facts.assigns) if (isVariableKind(visible(name)?.kind)) held.push(name);
  }
  const lines = [...imports].map(
    ([from, names]) => `import { ${names.join(', ')} } from "./${documentName(from, javascript)}";`,
  );
  if (exported) {
    const names = [...facts.declares.keys()].filter((name) => !facts.exports.has(name));
    lines.push(`export { ${names.join(', ')} };`);
  }
  const head = [pragmas(facts), ...lines, ...before].filter((part) => part !== '').join(' ');
  const end = held.map((name) => `export const ${HELD}${name} = ${name};`).join(' ');
  const [open, close] = facts.isObject ? ['(', ')'] : ['', ''];
  return {
    text: `${head}${open}\n${facts.code}\n${close};${end}\n`,
    imports: new Set([...imports.keys(), ...used]),
  };
}

function isVariableKind(kind: Kind | undefined): boolean {
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
function pragmas({ code, isJsx }: CellFacts): string {
  if (!isJsx) return '';
  return [...code.matchAll(/@(jsx|jsxFrag|jsxImportSource|jsxRuntime)\s+([\w.@/-]+)/g)]
    .map(([, name, value]) => `/** @${name} ${value} */`)
    .join(' ');
}
