/** Every request that the kernel answers: one file each. */
import type { Handler } from '../request.ts';
import { commClose, commMsg, commOpen } from './comm.ts';
import { commInfo } from './comm-info.ts';
import { connect } from './connect.ts';
import { execute } from './execute.ts';
import { interrupt } from './interrupt.ts';
import { kernelInfo } from './kernel-info.ts';
import { shutdown } from './shutdown.ts';

const all: readonly Handler[] = [
  execute,
  kernelInfo,
  interrupt,
  shutdown,
  connect,
  commInfo,
  commOpen,
  commMsg,
  commClose,
];

export const handlers: ReadonlyMap<string, Handler> = new Map(all.map((handler) => [handler.msgType, handler]));
