/** What kinds of widgets can do besides having traits. */
import { isRecord } from './buffers.ts';
import type { Model } from './model.ts';
import { DOMWidget, modelOf, nextEvent, type WaitOptions } from './widget.ts';

/** A widget whose value can be awaited. */
export class ValueWidget extends DOMWidget {
  /** The next value that it gets. */
  next(options?: WaitOptions): Promise<unknown> {
    return nextEvent(this, 'change:value', ({ value }: { value: unknown }) => value, options);
  }

  /** Each value that it gets, to the end of the widget. Of those that come while the loop is busy only the last. */
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    const model = modelOf(this);
    let fresh = false;
    let wake = (): void => undefined;
    const offs = ['change:value', 'close'].map((event) =>
      model.events.on(event, () => {
        fresh ||= event === 'change:value';
        wake();
      }),
    );
    try {
      while (!model.closed) {
        if (!fresh) await new Promise<void>((resolve) => (wake = resolve));
        if (!fresh) continue;
        fresh = false;
        yield model.get('value');
      }
    } finally {
      for (const off of offs) off();
    }
  }
}

/** A widget that tells of something that a person did by a message of its own. */
function announces(model: Model, event: string): void {
  model.events.on('message', (content: unknown) => {
    return isRecord(content) && content.event === event ? model.events.emit(event) : undefined;
  });
}

export class TextWidget extends ValueWidget {
  constructor(model: Model) {
    super(model);
    announces(model, 'submit');
  }

  /** The text, the next time that a person presses Enter. */
  get submitted(): Promise<unknown> {
    return nextEvent(this, 'submit', () => modelOf(this).get('value'));
  }
}

export class ButtonWidget extends DOMWidget {
  constructor(model: Model) {
    super(model);
    announces(model, 'click');
  }

  /** The next click. */
  get clicked(): Promise<void> {
    return nextEvent(this, 'click', () => undefined);
  }

  click(): void {
    modelOf(this).events.emit('click');
  }

  /** Each click, also those that come while the loop is busy. */
  async *[Symbol.asyncIterator](): AsyncGenerator<number, void, undefined> {
    const model = modelOf(this);
    let waiting = 0;
    let count = 0;
    let wake = (): void => undefined;
    const offs = ['click', 'close'].map((event) =>
      model.events.on(event, () => {
        if (event === 'click') waiting += 1;
        wake();
      }),
    );
    try {
      while (waiting > 0 || !model.closed) {
        if (waiting === 0) await new Promise<void>((resolve) => (wake = resolve));
        if (waiting === 0) continue;
        waiting -= 1;
        count += 1;
        yield count;
      }
    } finally {
      for (const off of offs) off();
    }
  }
}

export class Container extends DOMWidget {}

/** One of its options is chosen, or none: `selection.ts` sees to that. */
export class SelectionWidget extends ValueWidget {}

export class MultipleSelectionWidget extends ValueWidget {}

export class RangeSelectionWidget extends ValueWidget {}
