import type { ObjectInfo, ObjectInfoCommand } from '../link.ts';
import { isPlainPath } from './dotted-path.ts';
import type { Types } from './index.ts';
import { type TypedName, typedName } from './inspect.ts';
import { plainText, signatureIn } from './quick-info.ts';

/** 2011: what the types know of a dotted name, in the fields of object_info_reply; undefined where they know nothing. */
export async function answerObjectInfo(
  types: Types,
  { name, detailLevel }: Pick<ObjectInfoCommand, 'name' | 'detailLevel'>,
): Promise<Partial<ObjectInfo> | undefined> {
  if (!isPlainPath(name)) return undefined;
  const service = await types.service();
  if (!(await service.ready())) return undefined;
  const last = name.slice(name.lastIndexOf('.') + 1);
  const options = { isMember: last !== name, withSource: detailLevel === 1 };
  const at = name.length - last.length;
  const look = (code: string, offset: number): Promise<TypedName | undefined> =>
    service.inTurn('inspect', () => typedName(service, service.openDraft('inspect', code), last, offset, options));
  const typed = await look(name, at);
  if (typed === undefined) return undefined;
  const isClass = /^class\b/.test(typed.declaration);
  const constructed = isClass ? await look(`new ${name}()`, at + 'new '.length) : undefined;
  const root = name.split('.')[0] ?? name;
  return fields(name, typed, constructed, service.notebook.names.has(root), detailLevel);
}

function fields(
  name: string,
  { declaration, documentation, definedAt }: TypedName,
  constructed: TypedName | undefined,
  isNotebooks: boolean,
  detailLevel: 0 | 1,
): Partial<ObjectInfo> {
  const signature = signatureIn(declaration);
  const created = constructed === undefined ? undefined : signatureIn(constructed.declaration);
  const [file] = definedAt?.words.split(/:(?=\d)/) ?? [];
  const docs = textOf(documentation);
  return {
    name,
    found: true,
    namespace: isNotebooks ? 'interactive' : 'builtin',
    type_name: typeName(declaration),
    file: file ?? null,
    definition: signature === undefined ? null : `${name}${signature}`,
    argspec: signature === undefined ? null : argspec(signature),
    docstring: docs,
    init_definition: created === undefined ? null : `new ${name}${created}`,
    init_docstring: constructed === undefined ? null : textOf(constructed.documentation),
    class_docstring: constructed === undefined ? null : docs,
    source: detailLevel === 1 ? (definedAt?.source ?? null) : null,
  };
}

function textOf(documentation: string): string | null {
  return documentation === '' ? null : plainText(documentation);
}

/** `function`, `class`, `module`; of a variable or a property, its type. */
function typeName(declaration: string): string | null {
  const [, keyword] = /^(function|class|enum|module|namespace|type|interface)\b/.exec(declaration) ?? [];
  if (keyword !== undefined) return keyword;
  if (/^\((?:method|local function)\)/.test(declaration)) return 'function';
  const [, type] = /^(?:\([^)]*\) )?(?:const |let |var )?[\w$.<>, ]+\??: ([\s\S]+)$/.exec(declaration) ?? [];
  return type ?? null;
}

/** Names of the parameters of `(a: number, b?: string, ...rest: T[]): R`. */
function argspec(signature: string): ObjectInfo['argspec'] {
  const args: string[] = [];
  let varargs: string | null = null;
  let depth = 0;
  let begins = true;
  for (let at = 0; at < signature.length; at += 1) {
    const character = signature.charAt(at);
    if ('([{<'.includes(character)) depth += 1;
    else if (')]}'.includes(character) || (character === '>' && signature[at - 1] !== '=')) depth -= 1;
    if (depth === 0) break;
    if (depth === 1 && (character === ',' || at === 0)) begins = true;
    else if (begins && depth === 1 && /\S/.test(character)) {
      const [, rest, name] = /^(\.\.\.)?([\p{ID_Continue}$]+)/u.exec(signature.slice(at)) ?? [];
      if (rest === undefined) args.push(name ?? '');
      else varargs = name ?? null;
      begins = false;
    }
  }
  return { args: args.filter((name) => name !== '' && name !== 'this'), varargs, varkw: null, defaults: null };
}
