import type { Paging, Variable } from '../../link.ts';
import { isObject } from '../live/reflection.ts';
import type { Contents } from './contents.ts';
import { describe, describeAccessor } from './describe.ts';
import type { References, Referred, View } from './references.ts';
import { EMPTY, type Item, type Section } from './section.ts';

/** As many stand side by side; more are put into groups, if the asker does not page. */
const DIRECT = { indexed: 100, named: 1000 } as const;
/** As many are given at once, however many are asked for. */
const MOST = 1000;

type Part = 'indexed' | 'named';

/** Makes variables of what is in something, and numbers for what is in those. */
export class Pages {
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
  }

  /**
   * As much of it as is asked for.
   * @param referred What it is; its range is applied here.
   */
  page(referred: Referred, contents: Contents, { filter, start, count }: Paging): Page {
    const { indexed, named } = ranged(contents, referred.view.range);
    const total = filter === undefined ? indexed.length + named.length : { indexed, named }[filter].length;
    const direct = (section: Section, from: number, to: number): Variable[] =>
      section.items(from, Math.min(to, section.length)).map((item) => this.variable(item));
    if (filter === undefined && start === undefined && count === undefined) {
      const variables = [...this.#grouped(referred, 'indexed', indexed), ...this.#grouped(referred, 'named', named)];
      return { variables, total };
    }
    const from = Math.max(0, start ?? 0);
    const to = from + Math.max(0, Math.min(count || MOST, MOST));
    if (filter !== undefined) return { variables: direct({ indexed, named }[filter], from, to), total };
    const shift = indexed.length;
    const variables = [...direct(indexed, from, to), ...direct(named, Math.max(0, from - shift), to - shift)];
    return { variables, total };
  }

  variable({ name, path, content }: Item): Variable {
    const common = { name, ...(path !== undefined && { path }) };
    switch (content.is) {
      case 'accessor':
        return { ...common, ...describeAccessor(content.property), reference: 0 };
      case 'described': {
        const { description, inside } = content;
        const reference = inside === undefined ? 0 : this.#references.to({ ...inside, path: undefined });
        return { ...common, ...description, reference };
      }
      case 'value': {
        const { value } = content;
        const description = describe(value);
        if (!isObject(value) || value === globalThis) return { ...common, ...description, reference: 0 };
        const reference = this.#references.to({ object: value, view: { of: { kind: 'contents' } }, path });
        return { ...common, ...description, reference };
      }
    }
  }

  /** All of a section, in groups where it is long. */
  #grouped(referred: Referred, part: Part, section: Section): Variable[] {
    const { length } = section;
    const direct = DIRECT[part];
    if (length <= direct) return section.items(0, length).map((item) => this.variable(item));
    let size: number = direct;
    while (length / size > direct) size *= direct;
    const { of, range } = referred.view;
    const first = range?.start ?? 0;
    return Array.from({ length: Math.ceil(length / size) }, (_, index) => {
      const [start, end] = [index * size, Math.min(length, (index + 1) * size)];
      const view: View = { of, range: { part, start: first + start, end: first + end } };
      return {
        name: `[${section.label(start)} … ${section.label(end - 1)}]`,
        type: '',
        value: '',
        kind: 'group',
        reference: this.#references.to({ ...referred, view }),
        indexed: end - start,
      };
    });
  }
}

export interface Page {
  readonly variables: Variable[];
  readonly total: number;
}

/** Some of what is in something. */
function ranged(contents: Contents, range: View['range']): Contents {
  if (range === undefined) return contents;
  const some = sectionBetween(contents[range.part], range.start, range.end);
  return range.part === 'indexed' ? { indexed: some, named: EMPTY } : { indexed: EMPTY, named: some };
}

function sectionBetween(whole: Section, from: number, to: number): Section {
  return {
    length: Math.max(0, Math.min(to, whole.length) - from),
    items: (start, end) => whole.items(from + start, Math.min(from + end, to)),
    label: (index) => whole.label(from + index),
  };
}
