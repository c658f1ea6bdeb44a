/** Every request that the kernel answers: one file each. */
import type { Handler } from '../request.ts';
import { getattr, setattr } from './attributes.ts';
import { commClose, commMsg, commOpen } from './comm.ts';
import { commInfo } from './comm-info.ts';
import { complete } from './complete.ts';
import { connect } from './connect.ts';
import { debug } from './debug.ts';
import { execute } from './execute.ts';
import { history } from './history.ts';
import { inspect } from './inspect.ts';
import { interrupt } from './interrupt.ts';
import { isComplete } from './is-complete.ts';
import { kernelInfo } from './kernel-info.ts';
import { objectInfo } from './object-info.ts';
import { shutdown } from './shutdown.ts';
import { createSubshell, deleteSubshell, listSubshell } from './subshell.ts';
import { usage } from './usage.ts';

const all: readonly Handler[] = [
  execute,
  complete,
  inspect,
  history,
  isComplete,
  commInfo,
  commOpen,
  commMsg,
  commClose,
  kernelInfo,
  connect,
  interrupt,
  shutdown,
  usage,
  createSubshell,
  deleteSubshell,
  listSubshell,
  debug,
  objectInfo,
  getattr,
  setattr,
];

export const handlers: ReadonlyMap<string, Handler> = new Map(all.map((handler) => [handler.msgType, handler]));
