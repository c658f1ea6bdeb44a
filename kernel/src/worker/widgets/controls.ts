/** Controls made of what they are to choose. */
import { isRecord } from './buffers.ts';
import type { WidgetClass } from './classes.ts';
import { Widget } from './widget.ts';

export type Classes = Readonly<Record<string, WidgetClass>>;

/** Makes a widget of the class of this name. */
export function make(classes: Classes, name: string, ...options: readonly unknown[]): Widget {
  const Class = classes[name];
  if (Class === undefined) throw new Error(`There is no widget ${name}.`);
  return new Class(...options);
}

/** A slider for integers where all of its numbers are such. */
export function makeSlider(classes: Classes, options: Readonly<Record<string, unknown>>): Widget {
  const { value, min, max, step } = options;
  const numbers = [value, min, max, step].flat().filter((one) => one !== undefined);
  const kind = numbers.every(Number.isInteger) ? 'Int' : 'Float';
  const range = Array.isArray(value) ? 'Range' : '';
  return make(classes, `${kind}${range}Slider`, options);
}

/**
 * A control for a value like this one: true and false are a checkbox, a string is a text, a number is a slider around it,
 * [min, max] and [min, max, step] are sliders, an array of strings or an object is a choice. A widget is itself.
 * @throws TypeError for anything else
 */
export function controlFor(classes: Classes, name: string, value: unknown): Widget {
  if (value instanceof Widget) return value;
  const description = name;
  switch (typeof value) {
    case 'boolean':
      return make(classes, 'Checkbox', { value, description });
    case 'string':
      return make(classes, 'Text', { value, description });
    case 'number':
      return makeSlider(classes, { ...around(value), value, description });
  }
  if (isRangeOfNumbers(value)) {
    const [min, max, step = Number.isInteger(min) && Number.isInteger(max) ? 1 : (max - min) / 100] = value;
    const middle = Math.min(max, min + step * Math.round((max - min) / 2 / step));
    return makeSlider(classes, { min, max, step, value: middle, description });
  }
  if (Array.isArray(value) || value instanceof Map || isRecord(value)) {
    return make(classes, 'Dropdown', { options: value, description });
  }
  throw new TypeError(
    `There is no control for '${name}': give a number, a text, true or false, [min, max], options or a widget.`,
  );
}

/** The bounds of ipywidgets: from minus the value to three times it. */
function around(value: number): { min: number; max: number; step: number } {
  const step = Number.isInteger(value) ? 1 : 0.1;
  if (value === 0) return { min: 0, max: Number.isInteger(value) ? 10 : 1, step };
  return value > 0 ? { min: -value, max: 3 * value, step } : { min: 3 * value, max: -value, step };
}

function isRangeOfNumbers(value: unknown): value is [number, number, number?] {
  return (
    Array.isArray(value) &&
    (value.length === 2 || value.length === 3) &&
    value.every(Number.isFinite) &&
    value[0] < value[1]
  );
}
