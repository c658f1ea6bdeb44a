import MagicString from 'magic-string';
import { offsetOf, type Place, placeOf } from './syntax-error.ts';

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly place: 'after' | 'closing' | 'before';
}

interface Move {
  readonly start: number;
  readonly end: number;
  readonly to: number;
}

const NOT_LINE_END = /[^\n\r\u2028\u2029]/g;

export const samePlace = (place: Place): Place => place;

/** Edits to one text, recorded; offsets are UTF-16 units of the text as it was. Replacements may not overlap. */
export class Edits {
  readonly source: string;
  readonly #replacements: Replacement[] = [];
  readonly #blanked: { readonly start: number; readonly end: number }[] = [];
  readonly #insertions: Insertion[] = [];
  readonly #moves: Move[] = [];
  #keepsPlaces = true;

  constructor(source: string) {
    this.source = source;
  }

  /** Whether every character that is left stands where it stood. */
  get keepsPlaces(): boolean {
    return this.#keepsPlaces;
  }

  replace(start: number, end: number, text: string): void {
    if (text.length !== end - start) this.#keepsPlaces = false;
    this.#replacements.push({ start, end, text });
  }

  /** Puts blanks over a range and leaves its line ends. `first` and `last` stand in for its first and last character. */
  blank(start: number, end: number, first = '', last = ''): void {
    if (end <= start) return;
    const middle = this.source.slice(start + first.length, end - last.length);
    this.#replacements.push({ start, end, text: first + middle.replace(NOT_LINE_END, ' ') + last });
    this.#blanked.push({ start, end });
  }

  /** Whether `name` stands in what was blanked. */
  blanked(name: string): boolean {
    const word = new RegExp(`(?<![\\p{ID_Continue}$.])${name.replaceAll('$', '\\$')}(?![\\p{ID_Continue}$])`, 'u');
    return this.#blanked.some(({ start, end }) => word.test(this.source.slice(start, end)));
  }

  /** Inserts text that stays with what stands before it. */
  insertAfter(at: number, text: string): void {
    this.#keepsPlaces = false;
    this.#insertions.push({ at, text, place: 'after' });
  }

  /** As `insertAfter`, but ahead of what is inserted there already: it closes an inner expression. */
  insertClosing(at: number, text: string): void {
    this.#keepsPlaces = false;
    this.#insertions.push({ at, text, place: 'closing' });
  }

  /** Inserts text that stays with what stands after it. */
  insertBefore(at: number, text: string): void {
    this.#keepsPlaces = false;
    this.#insertions.push({ at, text, place: 'before' });
  }

  move(start: number, end: number, to: number): void {
    this.#keepsPlaces = false;
    this.#moves.push({ start, end, to });
  }

  #apply(): MagicString {
    const text = new MagicString(this.source);
    for (const { start, end, text: replacement } of this.#replacements) {
      if (replacement === '') text.remove(start, end);
      else text.update(start, end, replacement);
    }
    for (const { at, text: inserted, place } of this.#insertions) {
      if (place === 'before') text.prependRight(at, inserted);
      else if (place === 'closing') text.prependLeft(at, inserted);
      else text.appendLeft(at, inserted);
    }
    for (const { start, end, to } of this.#moves) text.move(start, end, to);
    return text;
  }

  toString(): string {
    if (this.#replacements.length + this.#insertions.length + this.#moves.length === 0) return this.source;
    return this.#apply().toString();
  }

  /** From a place in the edited text to its place in the source. The map is made when it is first asked. */
  positions(): (place: Place) => Place {
    if (this.keepsPlaces) return samePlace;
    let map: OffsetMap | undefined;
    return (place) => {
      map ??= new OffsetMap(this.source, this.#apply());
      return placeOf(this.source, map.sourceOffset(place));
    };
  }
}

/** Maps places of an edited text to offsets in its source. Only line feeds end lines to MagicString's maps. */
class OffsetMap {
  readonly #text: string;
  readonly #sourceLines: readonly number[];
  readonly #textLines: readonly number[];
  readonly #mappings: readonly (readonly (readonly number[])[])[];

  constructor(source: string, edited: MagicString) {
    this.#text = edited.toString();
    this.#sourceLines = lineStarts(source);
    this.#textLines = lineStarts(this.#text);
    this.#mappings = edited.generateDecodedMap({ hires: true }).mappings;
  }

  sourceOffset(place: Place): number {
    const offset = offsetOf(this.#text, place);
    const line = this.#textLines.findLastIndex((start) => start <= offset);
    const column = offset - (this.#textLines[line] ?? 0);
    // What was inserted at the start of a line belongs to what comes after it.
    const segments = this.#mappings[line] ?? [];
    const segment = segments.findLast(([start = 0]) => start <= column) ?? segments[0] ?? [];
    const [, , sourceLine = 0, sourceColumn = 0] = segment;
    return (this.#sourceLines[sourceLine] ?? 0) + sourceColumn;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
