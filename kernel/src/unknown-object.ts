import type { ObjectInfo } from './link.ts';

/** 2011: what is said of a name of which nothing is known. */
export function unknownObject(name: string): ObjectInfo {
  return {
    name,
    found: false,
    ismagic: false,
    isalias: false,
    namespace: null,
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
