import { CAPABILITIES } from '../capabilities.ts';
import type { Handles } from '../requests.ts';

/** A session's begin and end. */
export const lifecycle: Handles<'initialize' | 'attach' | 'configurationDone' | 'disconnect' | 'terminate'> = {
  initialize(state, { clientID, linesStartAt1 = true, columnsStartAt1 = true }) {
    state.primitiveTypes = clientID !== 'jupyterlab';
    state.firstLine = linesStartAt1 ? 1 : 0;
    state.firstColumn = columnsStartAt1 ? 1 : 0;
    return CAPABILITIES;
  },

  async attach(state) {
    await state.attach();
    state.send('initialized');
    return undefined;
  },

  configurationDone: () => undefined,

  async disconnect(state) {
    await state.detach();
    return undefined;
  },

  async terminate(state) {
    await state.detach();
    state.send('terminated');
    return undefined;
  },
};
