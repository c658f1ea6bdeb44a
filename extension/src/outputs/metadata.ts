/** A representation of an output, and what VS Code keeps with the output. */
interface Represented {
  readonly mime: string;
  readonly metadata?: unknown;
}

/** What the kernel says of this representation of an output, or else of the whole output. */
export function metadataOf({ mime, metadata }: Represented, name: string): unknown {
  const said = member(metadata, 'metadata');
  return member(member(said, mime), name) ?? member(said, name);
}

/** The style that gives an image the size that the kernel says, in CSS pixels: less where there is no room for its width. */
export function imageStyle(image: Represented): string {
  const [width, height] = ['width', 'height'].map((side) => Number(metadataOf(image, side) ?? 0));
  if (!width) return height ? `height: ${height}px` : '';
  return height ? `width: ${width}px; aspect-ratio: ${width} / ${height}` : `width: ${width}px`;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
