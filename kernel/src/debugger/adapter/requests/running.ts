import { THREAD } from '../pauses.ts';
import type { Handles } from '../requests.ts';

/** How the code goes on. */
export const running: Handles<'threads' | 'continue' | 'next' | 'stepIn' | 'stepOut' | 'pause'> = {
  threads: () => ({ threads: [{ id: THREAD, name: 'main' }] }),

  async continue(state) {
    void state.session.pauses.current;
    await state.session.pauses.resume();
    return { allThreadsContinued: true };
  },

  async next(state) {
    await state.session.pauses.step('Debugger.stepOver');
    return undefined;
  },

  async stepIn(state) {
    await state.session.pauses.step('Debugger.stepInto');
    return undefined;
  },

  async stepOut(state) {
    await state.session.pauses.step('Debugger.stepOut');
    return undefined;
  },

  async pause(state) {
    await state.session.pauses.pause();
    return undefined;
  },
};
