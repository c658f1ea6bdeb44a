import { type Classes, controlFor, make } from './controls.ts';
import { OutputWidget } from './output.ts';
import { modelOf, type Widget } from './widget.ts';

/** What a call of the function needs of the kernel. */
export interface InteractParts {
  readonly display: (value: unknown) => unknown;
  /** Shows an error. */
  readonly report: (error: unknown) => void;
}

/**
 * Controls for the parameters of a function, and an area that shows what it prints and gives: it runs now and whenever a
 * control changes. Of the changes that come while it runs only the last is taken.
 */
export function interact(
  classes: Classes,
  parts: InteractParts,
  action: (values: Record<string, unknown>) => unknown,
  parameters: Readonly<Record<string, unknown>>,
): Widget {
  if (typeof action !== 'function') throw new TypeError('interact(f, parameters) takes a function first.');
  const controls = Object.entries(parameters).map(([name, value]) => [name, controlFor(classes, name, value)] as const);
  const output = make(classes, 'Output');
  if (!(output instanceof OutputWidget)) throw new TypeError('Output is no output area.');
  let running: Promise<void> | undefined;
  let again = false;

  const once = (): unknown => {
    const values = Object.fromEntries(controls.map(([name, control]) => [name, modelOf(control).get('value')]));
    output.clear(true);
    return output.capture(() => {
      try {
        const result = action(values);
        return result instanceof Promise ? result.then(show, parts.report) : show(result);
      } catch (error) {
        parts.report(error);
        return undefined;
      }
    });
  };
  const show = (result: unknown): unknown => (result === undefined ? undefined : parts.display(result));
  const run = (): Promise<void> | undefined => {
    if (running !== undefined) {
      again = true;
      return running;
    }
    const ended = once();
    if (!(ended instanceof Promise)) return undefined;
    running = ended.then(() => {
      running = undefined;
      if (!again) return undefined;
      again = false;
      return run();
    });
    return running;
  };

  for (const [, control] of controls) modelOf(control).events.onUnbound('change:value', run);
  const box = make(classes, 'VBox', [...controls.map(([, control]) => control), output]);
  void run();
  return box;
}
