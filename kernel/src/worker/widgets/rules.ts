/** What must hold between the traits of a widget, whatever was set: a value within its bounds, a selection of its options. */
import type { TraitSpec } from './spec.ts';
import { TraitError } from './traits.ts';

export type State = Record<string, unknown>;

/**
 * Makes a state valid. `state` has the new values in place already, `changed` names them.
 * @throws TraitError where no valid state has these values
 */
export type Rule = (state: State, changed: ReadonlySet<string>) => void;

/** The rule of a widget with these traits, if it has one. */
export function ruleOf(traits: ReadonlyMap<string, TraitSpec>): Rule | undefined {
  if (traits.has('borderTop')) return borders;
  const value = traits.get('value');
  if (value === undefined || !traits.has('min') || !traits.has('max')) return undefined;
  if (traits.has('base')) return logarithmic;
  return value.pair ? boundedPair : bounded;
}

/** Of the pages of a Tab one is selected, where there are any, as ipywidgets has it. */
export function selectedPage(state: State, changed: ReadonlySet<string>): void {
  const count = Array.isArray(state.children) ? state.children.length : 0;
  const { selectedIndex } = state;
  if (count === 0) state.selectedIndex = null;
  else if (typeof selectedIndex === 'number') state.selectedIndex = Math.min(selectedIndex, count - 1);
  else if (!changed.has('selectedIndex')) state.selectedIndex = 0;
}

const BORDERS = ['borderTop', 'borderRight', 'borderBottom', 'borderLeft'];

/** `border` stands for all four. */
function borders(state: State, changed: ReadonlySet<string>): void {
  if (changed.has('border')) for (const one of BORDERS.filter((name) => !changed.has(name))) state[one] = state.border;
  const [first, ...others] = BORDERS.map((name) => state[name]);
  state.border = others.every((one) => one === first) ? first : null;
}

function boundedPair(state: State): void {
  const { value } = state;
  if (Array.isArray(value) && less(value[1], value[0])) {
    throw new TraitError(`The lower end of the range, ${value[0]}, is more than the upper, ${value[1]}.`);
  }
  bounded(state);
}

/** The value comes into its bounds, as ipywidgets has it. The elements of an array do, too. */
function bounded(state: State): void {
  const { min, max } = state;
  checkBounds(min, max);
  const within = (value: unknown): unknown => {
    if (less(value, min)) return min;
    return less(max, value) ? max : value;
  };
  const { value } = state;
  state.value = Array.isArray(value) ? Object.freeze(value.map(within)) : within(value);
}

/** The bounds are exponents of the base. */
function logarithmic(state: State): void {
  const { base, min, max, value } = state;
  checkBounds(min, max);
  if (typeof base !== 'number' || base <= 0) throw new TraitError(`The base of a logarithm is positive, not ${base}.`);
  if (typeof value !== 'number' || typeof min !== 'number' || typeof max !== 'number') return;
  state.value = Math.min(Math.max(value, base ** min), base ** max);
}

function checkBounds(min: unknown, max: unknown): void {
  if (less(max, min)) throw new TraitError(`min (${String(min)}) is more than max (${String(max)}).`);
}

/** False where there is nothing to compare. */
function less(one: unknown, other: unknown): boolean {
  if (one === null || other === null || one === undefined || other === undefined) return false;
  if (typeof one === 'string' && typeof other === 'string') return one < other;
  return Number(one) < Number(other);
}
