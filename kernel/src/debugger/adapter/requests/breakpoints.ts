import { DebugError } from '../errors.ts';
import type { Handles } from '../requests.ts';

/** Where the code stops. */
export const breakpoints: Handles<'dumpCell' | 'setBreakpoints' | 'breakpointLocations' | 'setExceptionBreakpoints'> = {
  dumpCell(state, { code }) {
    return { sourcePath: state.paths.add(code) };
  },

  async setBreakpoints(state, { source, breakpoints = [], lines = [] }) {
    const { path } = source;
    if (path === undefined) throw new DebugError('breakpoints are set by the path of a source');
    const asked = breakpoints.length > 0 ? breakpoints : lines.map((line) => ({ line }));
    const set = await state.breakpoints.replace(
      path,
      asked.map((each) => state.fromClient(each)),
    );
    return { breakpoints: set.map((each) => state.toClient(each)) };
  },

  async breakpointLocations(state, { source, line, endLine = line }) {
    const { scripts } = state.session;
    const script = source.path === undefined ? undefined : scripts.of(source.path).at(-1);
    if (script === undefined) return { breakpoints: [] };
    const first = line - state.firstLine + 1;
    const last = endLine - state.firstLine + 1;
    const places = (await scripts.stopPlaces(script)).filter((place) => place.line >= first && place.line <= last);
    return { breakpoints: places.map(({ line: at, column }) => state.toClient({ line: at, column })) };
  },

  async setExceptionBreakpoints(state, { filters = [], filterOptions = [] }) {
    const wanted = new Set([...filters, ...filterOptions.map(({ filterId }) => filterId)]);
    state.exceptions = wanted.has('all') ? 'all' : wanted.has('uncaught') ? 'uncaught' : 'none';
    await state.attached?.setExceptions();
    return undefined;
  },
};
