import type { LineCommandEntry } from '../../language/line-command-table.ts';
import type { ObjectInfo } from '../../link.ts';
import { immediate2011 } from '../handlers.ts';

/** 2011: what is known of a name. Section "Object information" of "Messaging in IPython". */
export const objectInfo = immediate2011('object_info_request', async (kernel, _request, content) => {
  const name = 'name' in content ? content.name : content.oname;
  const live = await kernel.supervisor.answerOf(
    kernel.worker.objectInfo({ name, detailLevel: content.detail_level ?? 0 }),
  );
  if (live?.found === true) return { content: { ...live } };
  const nothing = live ?? unseen(name, kernel.declared.has(name));
  return { content: { ...(nothing.found ? nothing : ((await lineCommand(nothing)) ?? nothing)) } };
});

/** `%time`, and `time` where nothing else has that name. */
async function lineCommand(nothing: ObjectInfo): Promise<ObjectInfo | undefined> {
  const { LINE_COMMANDS } = await import('../../language/line-command-table.ts');
  const entry = LINE_COMMANDS.get(nothing.name.replace(/^%{1,2}/, ''));
  return entry && { ...nothing, ...magicInfo(entry) };
}

function magicInfo({ usage, summary, details, call }: LineCommandEntry): Partial<ObjectInfo> {
  return {
    found: true,
    ismagic: true,
    namespace: 'line commands',
    type_name: 'line command',
    definition: usage[0] ?? null,
    docstring: [summary, details, usage.join('\n')].filter((part) => part !== '').join('\n\n'),
    call_def: call,
  };
}

/** While the worker is busy it is known that a cell declared the name, but not what it holds. */
function unseen(name: string, found: boolean): ObjectInfo {
  return {
    name,
    found,
    ismagic: false,
    isalias: false,
    namespace: found ? 'interactive' : null,
    type_name: null,
    string_form: null,
    base_class: null,
    length: null,
    file: null,
    definition: null,
    argspec: null,
    init_definition: null,
    docstring: null,
    init_docstring: null,
    class_docstring: null,
    call_def: null,
    call_docstring: null,
    source: null,
  };
}
