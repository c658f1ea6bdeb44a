import { nameAt } from '../../language/index.ts';
import type { InspectCommand, InspectOutcome } from '../../link.ts';
import { declaredInCode } from './declared-in-code.ts';
import type { Definition } from './definition.ts';
import type { Definitions } from './definitions.ts';
import { type Facts, factsOf } from './facts.ts';
import type { Looker } from './looker.ts';
import { preview } from './preview.ts';
import { isClass } from './reflection.ts';
import { pathOf, type Resolution, resolve } from './resolve.ts';

const BRIEF = { depth: 1, items: 20, length: 2_000 };
const FULL = { depth: 3, items: 100, length: 20_000 };
/** UTF-16 units of a source that is shown. */
const MAX_SOURCE = 50_000;

const NOTHING: InspectOutcome = { found: false, data: {}, metadata: {} };

/** A part of an answer: words, or code. */
type Part = { readonly words: string } | { readonly code: string };

/**
 * What is known of the thing at the cursor, from the value that is there: what it is, how it is called, what its comment
 * says, its value, where it is from; at detail level 1 its source. Spec: messaging, "Introspection".
 */
export class Inspection {
  readonly #looker: Looker;
  readonly #definitions: Definitions;

  constructor(looker: Looker, definitions: Definitions) {
    this.#looker = looker;
    this.#definitions = definitions;
  }

  inspect({ code, cursor, detailLevel }: Pick<InspectCommand, 'code' | 'cursor' | 'detailLevel'>): InspectOutcome {
    const named = nameAt(code, cursor);
    if (named === null) return NOTHING;
    const written = code.slice(named.start, named.end);
    const path = pathOf(named.expression);
    const name = path?.at(-1) ?? written;
    const isVariable = path?.length === 1;
    const seen = resolve(this.#looker, named.expression);
    switch (seen.kind) {
      case 'value': {
        const declared = isVariable && this.#looker.names().has(name);
        const called = seen.property?.key ?? name;
        const facts = factsOf(this.#looker, this.#definitions, seen.value, called, declared);
        const limits = detailLevel === 0 ? BRIEF : FULL;
        const shown = facts.signature === null ? preview(this.#looker.behindProxy(seen.value), limits) : undefined;
        return {
          ...render(written, this.#parts(seen, facts, shown, detailLevel)),
          metadata: metadataOf(facts, shown, detailLevel),
        };
      }
      case 'accessor':
        return render(written, this.#accessor(seen.property.descriptor, name, detailLevel));
      case 'missing':
        return isVariable ? this.#withoutValue(code, name) : NOTHING;
      case 'unknown':
        return NOTHING;
    }
  }

  #parts(seen: Resolution & { kind: 'value' }, facts: Facts, shown: string | undefined, detailLevel: 0 | 1): Part[] {
    const { value } = seen;
    const parts: Part[] = [{ words: facts.isProxy ? `${facts.kind} behind a proxy` : facts.kind }];
    const { signature, definition, source } = facts;
    if (signature !== null) {
      const declares = isClass(value) && definition !== undefined ? `${definition.head}\n` : '';
      parts.push({ code: `${declares}${signature}` });
    }
    parts.push(...docParts(definition));
    const details: string[] = [];
    if (facts.classes.length > 1 && signature === null) details.push(`Class: ${facts.classes.join(' < ')}`);
    if (facts.length !== null) details.push(`Length: ${facts.length}`);
    const get = seen.property?.descriptor.get;
    if (get !== undefined) details.push('Read by a getter');
    if (definition !== undefined) details.push(placeWords(definition));
    if (details.length > 0) parts.push({ words: details.join('\n') });
    if (shown !== undefined) parts.push({ code: shown });
    if (detailLevel === 1 && source !== null) parts.push({ words: 'Source:' }, { code: clip(source, MAX_SOURCE) });
    return parts;
  }

  /** A property whose value is not known, for its getter may change something. */
  #accessor({ get, set }: PropertyDescriptor, name: string, detailLevel: 0 | 1): Part[] {
    const kind = get === undefined ? 'setter' : set === undefined ? 'getter' : 'getter and setter';
    const accessor = get ?? set;
    if (accessor === undefined) return [{ words: 'accessor' }];
    const { definition, source } = factsOf(this.#looker, this.#definitions, accessor, name, false);
    const parts: Part[] = [{ words: kind }, ...docParts(definition)];
    if (get !== undefined) parts.push({ words: 'It was not run, for it may change something.' });
    if (definition !== undefined) parts.push({ words: placeWords(definition) });
    if (detailLevel === 1 && source !== null) parts.push({ words: 'Source:' }, { code: clip(source, MAX_SOURCE) });
    return parts;
  }

  /** A name that is declared and has no value: its cell has failed, or has not run. */
  #withoutValue(code: string, name: string): InspectOutcome {
    if (declaredInCode(code).includes(name)) return render(name, [{ words: 'declared in this cell, not run yet' }]);
    if (!this.#looker.names().has(name)) return NOTHING;
    const definition = this.#definitions.ofName(name);
    const place: Part[] = definition === undefined ? [] : [{ words: placeWords(definition) }];
    return render(name, [{ words: 'declared, without a value: its cell did not get so far' }, ...place]);
  }
}

/** The same in fields, for who knows the types and writes the answer anew. */
function metadataOf(facts: Facts, value: string | undefined, detailLevel: 0 | 1): InspectOutcome['metadata'] {
  const { kind, length, classes, definition, source } = facts;
  const elara = {
    kind,
    length,
    class: classes[0] ?? null,
    place: definition === undefined ? null : placeWords(definition),
    ...(value !== undefined && { value }),
    ...(detailLevel === 1 && source !== null && { source: clip(source, MAX_SOURCE) }),
  };
  return { elara };
}

function docParts(definition: Definition | undefined): Part[] {
  const doc = definition?.doc ?? null;
  const init = definition?.init?.doc ?? null;
  return [doc, init].flatMap((words) => (words === null ? [] : [{ words }]));
}

export function placeWords({ file, line, column }: Definition): string {
  return `Defined in ${file}:${line}:${column}`;
}

export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}… ${text.length - length} more characters`;
}

function render(name: string, [first, ...others]: readonly Part[]): InspectOutcome {
  const kind = first !== undefined && 'words' in first ? first.words : '';
  const title = clip(name.replace(/\s+/g, ' '), 80);
  const plain = [`${title}: ${kind}`, ...others.map((part) => ('code' in part ? part.code : part.words))];
  const markdown = [
    `${inlineCode(title)}: ${kind}`,
    ...others.map((part) => ('code' in part ? codeBlock(part.code) : part.words.replaceAll('\n', '  \n'))),
  ];
  return {
    found: true,
    data: { 'text/plain': plain.join('\n\n'), 'text/markdown': markdown.join('\n\n') },
    metadata: {},
  };
}

function inlineCode(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function codeBlock(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}ts\n${code}\n${fence}`;
}
