import type { ObjectInfo, ObjectInfoCommand } from '../../link.ts';
import { unknownObject } from '../../unknown-object.ts';
import type { Definition } from './definition.ts';
import type { Definitions } from './definitions.ts';
import { type Facts, factsOf } from './facts.ts';
import { clip } from './inspect.ts';
import type { Looker } from './looker.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { preview } from './preview.ts';
import { dataProperty, findProperty, isClass, isObject, ownNames } from './reflection.ts';
import { pathOf, type Resolution, resolve } from './resolve.ts';

/** UTF-16 units of `string_form` at detail level 0. */
const BRIEF = 200;
const FULL = 20_000;

/** What the seed says where no source is found. */
const NO_SOURCE = 'None';

/** Answers `object_info_request` of 2011 from the value of a dotted name. Spec: "The 2011 dialect". */
export class ObjectInformation {
  readonly #looker: Looker;
  readonly #definitions: Definitions;
  readonly #builtins: ReadonlySet<string>;

  /** `builtins`: the names of the runtime's own globals. */
  constructor(looker: Looker, definitions: Definitions, builtins: ReadonlySet<string>) {
    this.#looker = looker;
    this.#definitions = definitions;
    this.#builtins = builtins;
  }

  objectInfo({ name, detailLevel }: Pick<ObjectInfoCommand, 'name' | 'detailLevel'>): ObjectInfo {
    const path = pathOf(name);
    const seen: Resolution = path === undefined ? { kind: 'missing' } : resolve(this.#looker, name);
    if (path === undefined || seen.kind === 'missing' || seen.kind === 'unknown') return unknownObject(name);
    const [root = '', ...members] = path;
    const declared = this.#looker.names().has(root);
    const key = path.at(-1) ?? name;
    const namespace = !declared && this.#builtins.has(root) ? 'builtin' : 'interactive';
    // Of a property that must not be read, its accessor is what there is to say.
    const value = seen.kind === 'value' ? seen.value : (seen.property.descriptor.get ?? seen.property.descriptor.set);
    const facts = factsOf(this.#looker, this.#definitions, value, key, declared && members.length === 0);
    const typeName = seen.kind === 'value' ? facts.kind : 'accessor';
    return this.#filled(name, namespace, typeName, value, facts, detailLevel);
  }

  #filled(
    name: string,
    namespace: string,
    typeName: string,
    value: unknown,
    facts: Facts,
    detailLevel: 0 | 1,
  ): ObjectInfo {
    const behind = this.#looker.behindProxy(value);
    const { definition, signature, source } = facts;
    const isOfClass = isClass(behind);
    const described = isOfClass ? definition : typeof behind === 'object' ? this.#classOf(behind) : undefined;
    const length = detailLevel === 0 ? BRIEF : FULL;
    const form = preview(behind, { depth: detailLevel === 0 ? 1 : 3, items: detailLevel === 0 ? 10 : 100, length });
    return {
      ...unknownObject(name),
      found: true,
      namespace,
      type_name: typeName,
      string_form: clip(form, length),
      base_class: baseClass(behind, facts),
      length: facts.length,
      file: definition?.file ?? null,
      definition: signature,
      argspec: typeof behind === 'function' ? argspec(parametersOf(behind) ?? []) : null,
      docstring: definition?.doc ?? null,
      init_definition: this.#initOf(behind, described),
      init_docstring: described?.init?.doc ?? null,
      class_docstring: described?.doc ?? null,
      ...this.#call(behind, facts),
      source: detailLevel === 0 ? null : (source ?? NO_SOURCE),
    };
  }

  /** How the class of an instance is written. */
  #classOf(instance: object | null): Definition | undefined {
    const type = dataProperty(instance, 'constructor');
    return typeof type === 'function' ? this.#definitions.ofFunction(type) : undefined;
  }

  /** The constructor of a class, or of the class of an instance. */
  #initOf(value: unknown, described: Definition | undefined): string | null {
    if (typeof value === 'function' && !isClass(value)) return null;
    const type = isClass(value) ? value : isObject(value) ? dataProperty(value, 'constructor') : undefined;
    if (typeof type !== 'function') return null;
    const { signature } = factsOf(this.#looker, this.#definitions, type, nameOf(type), false);
    return described?.init === undefined ? signature : `new ${nameOf(type)}${described.init.head}`;
  }

  /** Of an object that can be called and is more than a function: one with properties of its own, or with a class. */
  #call(value: unknown, { signature, definition }: Facts): Pick<ObjectInfo, 'call_def' | 'call_docstring'> {
    const isMore =
      typeof value === 'function' &&
      !isClass(value) &&
      ownNames(value).some((name) => !['length', 'name', 'prototype', 'arguments', 'caller'].includes(name));
    return isMore
      ? { call_def: signature, call_docstring: definition?.doc ?? null }
      : { call_def: null, call_docstring: null };
  }
}

/** The class of a value; of a class, the one that it extends. */
function baseClass(value: unknown, { classes }: Facts): string | null {
  if (!isClass(value)) return classes[0] ?? null;
  const parent: unknown = Object.getPrototypeOf(value);
  return nameOf(parent) || 'Object';
}

function nameOf(value: unknown): string {
  const name: unknown = typeof value === 'function' ? findProperty(value, 'name')?.descriptor.value : '';
  return typeof name === 'string' ? name : '';
}

/** Defaults belong to the last arguments: an argument without one that follows one with it has `undefined`. */
function argspec(parameters: readonly Parameter[]): ObjectInfo['argspec'] {
  const named = parameters.filter(({ rest }) => !rest);
  const first = named.findIndex((parameter) => parameter.default !== undefined);
  return {
    args: named.map(({ name }) => name),
    varargs: parameters.find(({ rest }) => rest)?.name ?? null,
    varkw: null,
    defaults: first < 0 ? null : named.slice(first).map((parameter) => parameter.default ?? 'undefined'),
  };
}
