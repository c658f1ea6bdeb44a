/** Observable Plot's marks and options, shown as the plots that they describe. */
import { dataProperty, findMethod, isPlainObject, type Method } from '../properties.ts';

/**
 * The plot of a mark, of several marks in one (`Plot.boxY`), or of options with marks among them; undefined for anything else.
 * What Plot throws goes through: it says what is wrong with the mark.
 */
export function drawPlot(value: object): unknown {
  const plot = plotMethod(value);
  if (plot !== undefined) return plot.call(value);
  return isPlainObject(value) ? drawOptions(value) : undefined;
}

/** `mark.plot(options)` draws the marks of the options, then the mark itself: the last one is asked to draw them all. */
function drawOptions(options: object): unknown {
  const given = dataProperty(options, 'marks');
  if (!Array.isArray(given)) return undefined;
  const marks: unknown[] = given.flat(Number.POSITIVE_INFINITY);
  const last = marks.findLast((mark) => mark !== null && mark !== undefined);
  if (typeof last !== 'object' || last === null) return undefined;
  return plotMethod(last)?.call(last, { ...options, marks: marks.slice(0, marks.lastIndexOf(last)) });
}

/** `plot` of a mark: an object with channels that renders itself, or an array of such. */
function plotMethod(value: object): Method | undefined {
  const plot = findMethod(value, 'plot');
  if (plot === undefined) return undefined;
  const marks: unknown = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY).find(isMark) : value;
  return isMark(marks) ? plot : undefined;
}

function isMark(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const channels = dataProperty(value, 'channels');
  if (typeof channels !== 'object' || findMethod(value, 'initialize') === undefined) return false;
  return findMethod(value, 'render') !== undefined;
}
