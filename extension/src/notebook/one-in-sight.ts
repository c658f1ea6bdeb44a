import { Emitter } from '../emitter.ts';

/** Boxes that wait for a person, oldest first, of which at most one is in sight. Put aside, one waits on. */
export class OneInSight<Box extends { show(): void }> {
  readonly #waiting: Box[] = [];
  #inSight: Box | undefined;
  readonly #changed = new Emitter<void>();

  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  get waiting(): readonly Box[] {
    return this.#waiting;
  }

  get inSight(): Box | undefined {
    return this.#inSight;
  }

  /** It is shown at once, unless another one is. */
  add(box: Box): void {
    this.#waiting.push(box);
    if (this.#inSight === undefined) this.show(box);
    else this.#changed.fire();
  }

  /** Takes the place of the one in sight, which waits on. */
  show(box: Box): void {
    if (!this.#waiting.includes(box)) return;
    this.#inSight = box;
    this.#changed.fire();
    box.show();
  }

  /** Something else has taken its place. */
  putAside(box: Box): void {
    if (this.#inSight !== box) return;
    this.#inSight = undefined;
    this.#changed.fire();
  }

  /** Nobody waits for it any more: the oldest of the others is shown. */
  remove(box: Box): void {
    const index = this.#waiting.indexOf(box);
    if (index < 0) return;
    this.#waiting.splice(index, 1);
    if (this.#inSight === box) this.#inSight = undefined;
    const [first] = this.#waiting;
    if (this.#inSight === undefined && first !== undefined) this.show(first);
    else this.#changed.fire();
  }
}
