import { HASH_SEED } from '../murmur2.ts';
import { THREAD } from '../pauses.ts';
import type { Handles } from '../requests.ts';

/** What a client that comes later finds. */
export const info: Handles<'debugInfo'> = {
  debugInfo(state) {
    const { attached, paths, breakpoints } = state;
    return {
      isStarted: attached !== undefined,
      hashMethod: 'Murmur2',
      hashSeed: HASH_SEED,
      tmpFilePrefix: paths.prefix,
      tmpFileSuffix: paths.suffix,
      breakpoints: breakpoints.wanted().map(({ source, breakpoints: wanted }) => ({
        source,
        breakpoints: wanted.map((each) => state.toClient(each)),
      })),
      stoppedThreads: attached?.pauses.stop === undefined ? [] : [THREAD],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: true,
    };
  },
};
