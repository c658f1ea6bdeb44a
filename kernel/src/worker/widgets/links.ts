/** Traits of two widgets that are kept equal: in the kernel, or in the frontend with no kernel at all. */
import type { WidgetClass } from './classes.ts';
import { modelOf, type Widget } from './widget.ts';

/** A trait of a widget. */
export type TraitOf = readonly [widget: Widget, name: string];

function traitValue([widget, name]: TraitOf): unknown {
  const model = modelOf(widget);
  if (!model.traits.has(name)) throw new TypeError(`${model.spec.name} has no '${name}' to link.`);
  return model.get(name);
}

/** Sets `target` whenever `source` changes, and now. Returns what ends it. */
export function dlink(source: TraitOf, target: TraitOf, transform = (value: unknown): unknown => value): () => void {
  traitValue(target);
  const copy = (): void => target[0].set({ [target[1]]: transform(traitValue(source)) });
  copy();
  return source[0].on(`change:${source[1]}`, copy);
}

/** Both ways; first `target` gets what `source` has. */
export function link(source: TraitOf, target: TraitOf): () => void {
  const offs = [dlink(source, target), dlink(target, source)];
  return () => {
    for (const off of offs) off();
  };
}

/** By the frontend: also in a notebook without a kernel. Closing the widget ends it. */
export function frontendLink(Link: WidgetClass, source: TraitOf, target: TraitOf): Widget {
  traitValue(source);
  traitValue(target);
  return new Link({ source, target });
}
