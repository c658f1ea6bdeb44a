/** Widgets that let one or some of several options be chosen. */
import { isRecord } from './buffers.ts';
import type { Rule, State } from './rules.ts';
import type { Kind, TraitSpec } from './spec.ts';
import { TraitError } from './traits.ts';

/** What cells see of a selection besides what frontends do. Frontends know the labels, and choose by index. */
export const SELECTION_TRAITS: readonly TraitSpec[] = [
  { name: 'options', type: 'any', local: true, default: [] },
  { name: 'value', type: 'any', local: true },
  { name: 'label', type: 'any', local: true },
];

type Entries = readonly (readonly [label: string, value: unknown])[];

/** Options are an array of values, or labels with values: a Map or an object. */
export function entriesOf(options: unknown): Entries {
  if (options instanceof Map) return [...options].map(([label, value]) => [String(label), value]);
  if (Array.isArray(options)) return options.map((value) => [labelOf(value), value]);
  if (isRecord(options)) return Object.entries(options);
  throw new TraitError('options takes an array of values, or a Map or an object of labels and values.');
}

function labelOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  throw new TraitError('options takes values with labels where they are objects: { label: value } or a Map.');
}

export function selectionRule(kind: Kind, nullable: boolean): Rule {
  const choose = kind === 'multiple' ? chooseSome : kind === 'range' ? chooseRange : chooseOne(nullable);
  return (state, changed) => {
    const entries = entriesOf(state.options);
    state._optionsLabels = Object.freeze(entries.map(([label]) => label));
    choose(state, changed, entries);
  };
}

function chooseOne(nullable: boolean): (state: State, changed: ReadonlySet<string>, entries: Entries) => void {
  return (state, changed, entries) => {
    const first = entries.length > 0 ? 0 : null;
    const asked = explicit(state, changed, entries);
    const chosen = asked === undefined ? kept(state, changed, entries, first) : asked;
    if (chosen === null && !nullable) throw new TraitError('options is not empty here, and one of them is chosen.');
    state.index = chosen;
    state.value = entryAt(entries, chosen)[1];
    state.label = entryAt(entries, chosen)[0];
  };
}

/** The index that was asked for, by whichever name; undefined where none was. */
function explicit(state: State, changed: ReadonlySet<string>, entries: Entries): number | null | undefined {
  const { value, label, index } = state;
  if (changed.has('value')) return value === null ? null : indexOfValue(entries, value);
  if (changed.has('label')) return label === null ? null : indexOfLabel(entries, label);
  if (!changed.has('index')) return undefined;
  return index === null ? null : checkIndex(entries, index);
}

/** New options keep the chosen value, if they have it. */
function kept(state: State, changed: ReadonlySet<string>, entries: Entries, first: number | null): number | null {
  if (!changed.has('options')) return typeof state.index === 'number' ? checkIndex(entries, state.index) : null;
  const found = entries.findIndex(([, value]) => Object.is(value, state.value));
  return found === -1 || state.value === null ? first : found;
}

function chooseSome(state: State, changed: ReadonlySet<string>, entries: Entries): void {
  const { value, label, index } = state;
  let chosen: number[];
  if (changed.has('value')) chosen = listOf(value, 'value').map((one) => indexOfValue(entries, one));
  else if (changed.has('label')) chosen = listOf(label, 'label').map((one) => indexOfLabel(entries, one));
  else if (changed.has('options') && !changed.has('index')) {
    const values = new Set(Array.isArray(value) ? value : []);
    chosen = entries.flatMap(([, one], at) => (values.has(one) ? [at] : []));
  } else chosen = listOf(index, 'index').map((one) => checkIndex(entries, one));
  setSeveral(state, chosen, entries);
}

function chooseRange(state: State, changed: ReadonlySet<string>, entries: Entries): void {
  if (entries.length === 0) throw new TraitError('options is not empty here: a range of them is chosen.');
  const wanted = ['value', 'label', 'index'].some((name) => changed.has(name));
  if (wanted || !changed.has('options')) chooseSome(state, changed, entries);
  else setSeveral(state, [0, 0], entries);
  const { index } = state;
  if (!Array.isArray(index) || index.length !== 2 || index[0] > index[1]) {
    throw new TraitError('A range has two ends, of which the first does not come after the second.');
  }
}

function setSeveral(state: State, chosen: readonly number[], entries: Entries): void {
  state.index = Object.freeze([...chosen]);
  state.value = Object.freeze(chosen.map((at) => entryAt(entries, at)[1]));
  state.label = Object.freeze(chosen.map((at) => entryAt(entries, at)[0]));
}

function entryAt(entries: Entries, index: number | null): readonly [label: unknown, value: unknown] {
  return index === null ? [null, null] : (entries[index] ?? [null, null]);
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TraitError(`${name} takes an array.`);
}

function indexOfValue(entries: Entries, value: unknown): number {
  return found(
    entries,
    entries.findIndex(([, one]) => Object.is(one, value)),
    value,
  );
}

function indexOfLabel(entries: Entries, label: unknown): number {
  return found(
    entries,
    entries.findIndex(([one]) => one === label),
    label,
  );
}

function found(entries: Entries, index: number, wanted: unknown): number {
  if (index !== -1) return index;
  const labels = entries.slice(0, 10).map(([label]) => label);
  const more = entries.length > labels.length ? ', …' : '';
  throw new TraitError(`${String(wanted)} is not one of the options: ${labels.join(', ')}${more}.`);
}

function checkIndex(entries: Entries, index: unknown): number {
  if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < entries.length) return index;
  throw new TraitError(`There is no option ${String(index)}: there are ${entries.length}.`);
}
