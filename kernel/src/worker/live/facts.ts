import { types } from 'node:util';
import type { Definition } from './definition.ts';
import type { Definitions } from './definitions.ts';
import type { Looker } from './looker.ts';
import { signatureOf } from './parameters.ts';
import { sizeOf, typedArrayLength } from './preview.ts';
import { constructorNames, isClass, ownProperty, sourceText } from './reflection.ts';

/** Parameters of V8's own functions. */
const UNKNOWN = '(…)';

/** What can be said of a value. */
export interface Facts {
  /** `function`, `async function`, `class`, `number`, `Map`, … */
  readonly kind: string;
  /** Names of its classes, the nearest first; none of primitive values. */
  readonly classes: readonly string[];
  /** Elements, characters or entries; null where it has none to count. */
  readonly length: number | null;
  /** How it is called, or how it is constructed: `fib(n: number): number`, `new B(x)`. */
  readonly signature: string | null;
  readonly definition: Definition | undefined;
  /** Its text, as its author wrote it if that is known. */
  readonly source: string | null;
  readonly isProxy: boolean;
}

/** `name`: what the value goes by. `declared`: whether that is a variable, whose declaration says something too. */
export function factsOf(
  looker: Looker,
  definitions: Definitions,
  value: unknown,
  name: string,
  declared: boolean,
): Facts {
  const behind = looker.behindProxy(value);
  const fn = typeof behind === 'function' ? behind : undefined;
  const definition = definitionOf(definitions, fn, declared ? name : undefined);
  return {
    kind: kindOf(behind),
    classes: typeof behind === 'object' || typeof behind === 'function' ? constructorNames(behind) : [],
    length: lengthOf(behind),
    signature: fn === undefined ? null : signature(fn, name, definition),
    definition,
    source: (fn !== undefined || declared ? definition?.text : undefined) ?? sourceText(fn) ?? null,
    isProxy: types.isProxy(value),
  };
}

/** Of a function that has no comment of its own, the comment is that of the variable. */
function definitionOf(
  definitions: Definitions,
  fn: object | undefined,
  variable: string | undefined,
): Definition | undefined {
  const own = fn && definitions.ofFunction(fn);
  if (variable === undefined || (own !== undefined && own.doc !== null)) return own;
  const declaration = definitions.ofName(variable);
  return own === undefined ? declaration : { ...own, doc: declaration?.doc ?? null };
}

/** `(n: number): number` with types where the text of the author is known. */
function signature(fn: object, name: string, definition: Definition | undefined): string {
  if (!isClass(fn)) return `${name}${definition?.head ?? signatureOf(fn) ?? UNKNOWN}`;
  return `new ${name}${definition?.init?.head ?? signatureOf(fn) ?? UNKNOWN}`;
}

/** What a value is, in a word or two. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'function') return functionKind(value);
  if (typeof value !== 'object') return typeof value;
  if (types.isModuleNamespaceObject(value)) return 'module';
  return constructorNames(value)[0] ?? 'object';
}

const FUNCTION_KINDS: Readonly<Record<string, string>> = {
  AsyncFunction: 'async function',
  GeneratorFunction: 'generator function',
  AsyncGeneratorFunction: 'async generator function',
};

function functionKind(fn: object): string {
  if (isClass(fn)) return 'class';
  return FUNCTION_KINDS[constructorNames(fn)[0] ?? ''] ?? 'function';
}

function lengthOf(value: unknown): number | null {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return null;
  if (types.isMap(value) || types.isSet(value)) return sizeOf(value);
  if (types.isTypedArray(value)) return typedArrayLength(value);
  const length: unknown = ownProperty(value, 'length')?.value;
  return Array.isArray(value) && typeof length === 'number' ? length : null;
}
