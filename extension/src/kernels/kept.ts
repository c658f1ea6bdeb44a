import { KEEPER_GONE, type Keeper, KeeperError } from '../keeper/keeper.ts';
import { fromJson } from '../keeper/message-json.ts';
import type { Attached } from '../keeper/messages.ts';
import { type Log, messageOf } from '../log.ts';
import { ZmqKernel } from '../transport/zmq-kernel.ts';
import { controlByMessages, NotOursError } from './by-messages.ts';
import type { Node } from './node.ts';

export interface KeptOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly log: Log;
  /** Where a kernel is restarted whose Node is gone, as by an update of VS Code; undefined if there is no other. */
  node(): Promise<Node | undefined>;
}

/** How the ids of kernels that a keeper keeps begin. */
export const KEPT = 'keeper:';

/** This window's connection to a kernel that its keeper has started and attached it to. */
export async function openKept(
  keeper: Keeper,
  { model, client }: Attached,
  { timeoutMs, signal, log, node }: KeptOptions,
): Promise<ZmqKernel> {
  const { id } = model;
  let { pid } = model;
  const listeners: Disposable[] = [];
  const kernel = await ZmqKernel.open(
    {
      id: KEPT + id,
      specName: model.specName,
      displayName: model.displayName,
      language: model.language,
      connectionFile: model.connectionFile,
      pid,
      ours: true,
      client,
      timeoutMs,
      signal,
      log,
    },
    (link) => {
      const alone = controlByMessages(link, () => pid);
      return {
        interrupt: () => either(() => keeper.interrupt(id), alone.interrupt),
        async restart() {
          if (!keeper.alive)
            throw new NotOursError(
              'The process that keeps the kernels has ended: this kernel cannot be restarted. Choose another kernel and run the cells again.',
            );
          pid = (await keeper.restart(id, model.onNode ? await node() : undefined)).pid;
        },
        shutdown: () => either(() => keeper.shutdown(id), alone.shutdown),
        kill: () => either(() => keeper.shutdown(id, 0), alone.kill),
        async missed(requests) {
          return keeper.alive ? (await keeper.missed(id, requests)).map(fromJson) : [];
        },
        async isShared() {
          if (!keeper.alive) return alone.isShared();
          return (await keeper.list()).some((kept) => kept.id === id && kept.clients > 1);
        },
        leave() {
          for (const listener of listeners) listener[Symbol.dispose]();
          if (keeper.alive) keeper.detach(id, client).catch((error: unknown) => log.debug(messageOf(error)));
        },
      };
    },
  );
  listeners.push(
    keeper.onEnded((ended) => {
      if (ended.id === id) kernel.ended(ended.end);
    }),
    keeper.onRestarted((restarted) => {
      if (restarted.id !== id) return;
      pid = restarted.pid;
      kernel.replaced(pid);
    }),
    keeper.onGone((gone) => {
      if (gone.id === id) kernel.ended({ reason: gone.reason, lastOutput: '' });
    }),
    keeper.onClosed(() => {
      log.warn(`The process that keeps the kernels has ended. ${model.displayName} goes on, unwatched.`);
    }),
    kernel.link.onHeart((beats) => {
      // As long as it is watched, a heart that stands still may only be that of a kernel which is very busy.
      if (!beats && !keeper.alive) kernel.ended({ reason: 'and its heart has stopped', lastOutput: '' });
    }),
  );
  return kernel;
}

/** What the keeper does, or what we can do without it when it is gone. */
async function either(byKeeper: () => Promise<void>, alone: () => Promise<void>): Promise<void> {
  try {
    await byKeeper();
  } catch (error) {
    if (!(error instanceof KeeperError) || error.code !== KEEPER_GONE) throw error;
    await alone();
  }
}
