import type { ObjectInfo } from '../../link.ts';
import { unknownObject } from '../../unknown-object.ts';
import { within } from '../bounded.ts';
import { immediate2011 } from '../handlers.ts';
import type { Kernel } from '../kernel.ts';
import { withLineCommand } from '../line-command-info.ts';

/** How long the types are waited for, in ms: they may have to be loaded first. */
const TYPES_MS = 900;

/** 2011: what is known of a name. Section "Object information" of "Messaging in IPython". */
export const objectInfo = immediate2011('object_info_request', async (kernel, _request, content) => {
  const name = 'name' in content ? content.name : content.oname;
  const question = { name, detailLevel: content.detail_level ?? 0 };
  const [live, typed] = await Promise.all([
    kernel.supervisor.answerOf(kernel.worker.objectInfo(question)),
    typedInfo(kernel, question),
  ]);
  const known = live ?? unseen(name, kernel.declared.has(name));
  return { content: { ...(await withLineCommand(typed === undefined ? known : filled(known, typed))) } };
});

async function typedInfo(
  { types }: Kernel,
  question: { readonly name: string; readonly detailLevel: 0 | 1 },
): Promise<Partial<ObjectInfo> | undefined> {
  if (types === undefined) return undefined;
  const { answerObjectInfo } = await import('../../types/answer-object-info.ts');
  return await within(answerObjectInfo(types, question), TYPES_MS);
}

/** What the value does not tell, its type may. */
function filled(live: ObjectInfo, typed: Partial<ObjectInfo>): ObjectInfo {
  if (!live.found) return { ...live, ...typed };
  const told = Object.entries(live).filter(([, value]) => value !== null);
  return { ...live, ...typed, ...Object.fromEntries(told) };
}

/** While the worker is busy it is known that a cell declared the name, but not what it holds. */
function unseen(name: string, found: boolean): ObjectInfo {
  return { ...unknownObject(name), found, namespace: found ? 'interactive' : null };
}
