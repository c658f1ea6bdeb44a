import type { JupyterComms } from '../comms/index.ts';
import { loadRoom } from '../elara.ts';
import type { Variables } from './index.ts';
import type { Updates, UpdatesParts } from './updates.ts';

/** What frontends open a comm of to be told how the variables change. */
const TARGET = 'elara.variables';

/** Lets frontends be told how the variables change; loads what tells them when the first asks for it. */
export function installVariableUpdates(
  comms: JupyterComms,
  { variables, ...parts }: Omit<UpdatesParts, 'variables'> & { readonly variables: () => Variables },
): void {
  let updates: Updates | undefined;
  comms.registerTarget(TARGET, (comm) => {
    const room = loadRoom<typeof import('./index.ts')>('variables');
    updates ??= new room.Updates({ variables: variables(), ...parts });
    updates.open(comm);
  });
}
