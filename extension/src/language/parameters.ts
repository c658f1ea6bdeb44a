import { lexisOf, splitAtCommas } from './lexis.ts';

/** Where a parameter stands in its signature: where it begins and ends, in UTF-16 units. */
export type ParameterPlace = [begin: number, end: number];

interface Parameter {
  readonly place: ParameterPlace;
  readonly name: string;
  /** All the others that come in order, as `*rest` does, or all that come by name, as `**options`. */
  readonly takes: 'one' | 'the rest' | 'the named';
  readonly byNameOnly: boolean;
}

export interface Parameters {
  readonly places: readonly ParameterPlace[];
  /** Index of the one that the cursor is at. */
  readonly active: number | undefined;
}

/**
 * The parameters of a signature such as `f(a, /, b=2, *rest, key, **options)`.
 * @param written What is written of the arguments of a call; the cursor is at the end of the last one.
 * @param language Jupyter's name of it.
 */
export function parametersOf(signature: string, written: readonly string[], language: string): Parameters {
  const all = readParameters(signature, language);
  const taker = takerOf(written, all);
  return { places: all.map(({ place }) => place), active: taker && all.indexOf(taker) };
}

function readParameters(signature: string, language: string): Parameter[] {
  let begin = signature.indexOf('(') + 1;
  if (begin === 0) return [];
  let byNameOnly = false;
  return splitAtCommas(signature.slice(begin), lexisOf(language)).flatMap((part): Parameter[] => {
    const text = part.trim();
    const start = begin + part.indexOf(text);
    begin += part.length + 1;
    const [, stars = '', name = '', dots = ''] = /^(\*{0,2})([\p{L}\p{N}_]*)(\.\.\.)?/u.exec(text) ?? [];
    const takes = stars === '**' ? 'the named' : stars + dots === '' ? 'one' : 'the rest';
    const parameter: Parameter = { place: [start, start + text.length], name, takes, byNameOnly };
    if (stars === '*') byNameOnly = true;
    const isParameter = name !== '' || dots !== '';
    return isParameter ? [parameter] : [];
  });
}

function takerOf(written: readonly string[], parameters: readonly Parameter[]): Parameter | undefined {
  const [, name] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?![=>])/u.exec(written.at(-1) ?? '') ?? [];
  if (name !== undefined) {
    return parameters.find((each) => each.name === name) ?? parameters.find(({ takes }) => takes === 'the named');
  }
  const inOrder = parameters.filter(({ takes, byNameOnly }) => takes !== 'the named' && !byNameOnly);
  return inOrder[written.length - 1] ?? inOrder.find(({ takes }) => takes === 'the rest');
}
