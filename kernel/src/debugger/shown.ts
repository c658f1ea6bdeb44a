import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Variable } from '../link.ts';

/** What is said of values that are as good as their text. */
const PRIMITIVE = new Set(['string', 'number', 'bigint', 'boolean', 'symbol', 'undefined', 'null']);

export interface ShownOptions {
  /** JupyterLab shows the type of a variable in the place of its value, where it is told a type. */
  readonly primitiveTypes: boolean;
}

/** A variable as the Debug Adapter Protocol has it; `elara` is what that has no word for. */
export function shown(
  variable: Variable,
  { primitiveTypes }: ShownOptions,
): DebugProtocol.Variable & { elara: object } {
  const { name, type, value, kind, reference, indexed, path } = variable;
  const isShown = type !== '' && (primitiveTypes || !PRIMITIVE.has(type));
  return {
    name,
    value,
    ...(isShown && { type: PRIMITIVE.has(type) ? type : `${type}${dimensions(variable)}` }),
    variablesReference: reference,
    ...(indexed !== undefined && { indexedVariables: indexed }),
    ...(path !== undefined && { evaluateName: path }),
    presentationHint: hintOf(kind),
    elara: { type, ...sizes(variable) },
  };
}

/** `(3)`, `(2×3)`: what the type alone does not say. */
function dimensions({ shape, length }: Variable): string {
  if (shape !== undefined) return `(${shape.join('×')})`;
  return length === undefined ? '' : `(${length})`;
}

function sizes({ length, bytes, shape }: Variable): object {
  return { ...(length !== undefined && { length }), ...(bytes !== undefined && { bytes }), ...(shape && { shape }) };
}

function hintOf(kind: Variable['kind']): DebugProtocol.VariablePresentationHint {
  switch (kind) {
    case 'function':
      return { kind: 'method' };
    case 'class':
      return { kind: 'class' };
    case 'group':
      return { kind: 'virtual' };
    case 'accessor':
      return { kind: 'property', attributes: ['hasSideEffects'] };
    case 'data':
      return { kind: 'data' };
  }
}
