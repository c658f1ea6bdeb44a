/** What the notebooks of the samples import by its path. */
export interface Circle {
  readonly kind: 'circle';
  readonly radius: number;
}

export interface Square {
  readonly kind: 'square';
  readonly side: number;
}

export type Shape = Circle | Square;

/** How many decimals `area` keeps. */
export const PRECISION = 2;

/**
 * The area of a shape.
 * @param shape What is measured.
 * @returns square units, rounded.
 */
export function area(shape: Shape): number {
  const exact = shape.kind === 'circle' ? Math.PI * shape.radius ** 2 : shape.side ** 2;
  return Number(exact.toFixed(PRECISION));
}

export default class Canvas {
  readonly shapes: Shape[] = [];

  add(shape: Shape): this {
    this.shapes.push(shape);
    return this;
  }
}
