/** Variables as kernels tell them: by the Debug Adapter Protocol, and by the comm of our own ones. */
import type { TablePage } from '../table.ts';
import { isRecord } from '../values.ts';
import type { Variable, VariableList } from './source.ts';

const KINDS: Readonly<Record<string, Variable['kind']>> = {
  method: 'function',
  class: 'class',
  virtual: 'group',
  data: 'data',
};

/** Body of the response to `inspectVariables` or `variables`. */
export function variablesOf(body: Readonly<Record<string, unknown>>): VariableList {
  const variables = Array.isArray(body.variables) ? body.variables.filter(isRecord).map(fromDebugger) : [];
  return { variables, total: numberOf(body.total) ?? variables.length };
}

function fromDebugger(told: Readonly<Record<string, unknown>>): Variable {
  const hint = isRecord(told.presentationHint) ? told.presentationHint : {};
  // Ours tells more than the protocol has words for.
  const more = isRecord(told.elara) ? told.elara : {};
  const isAccessor = Array.isArray(hint.attributes) && hint.attributes.includes('hasSideEffects');
  return variableFrom({
    ...more,
    name: told.name,
    value: told.value,
    type: more.type ?? told.type ?? '',
    kind: isAccessor ? 'accessor' : (KINDS[String(hint.kind)] ?? 'data'),
    reference: told.variablesReference,
    indexed: told.indexedVariables,
    path: told.evaluateName,
  });
}

/** As the messages of the comm `elara.variables` have it. */
export function variableFrom(told: Readonly<Record<string, unknown>>): Variable {
  const { name, type, value, kind, reference, indexed, path, shape } = told;
  const inside = numberOf(reference) || undefined;
  const hasPath = typeof path === 'string' && path !== '';
  const isTable = kind === 'data' && inside !== undefined && (numberOf(indexed) ?? 0) > 0;
  const [length, bytes] = [numberOf(told.length), numberOf(told.bytes)];
  return {
    name: String(name),
    type: String(type ?? ''),
    value: String(value ?? ''),
    kind: isKind(kind) ? kind : 'data',
    ...(inside !== undefined && { inside }),
    ...(length !== undefined && { length }),
    ...(bytes !== undefined && { bytes }),
    ...(Array.isArray(shape) && { shape: shape.map(Number) }),
    ...(hasPath && { path }),
    ...(isTable && { table: hasPath ? path : inside }),
  };
}

/** Body of the response to `inspectTable`. */
export function tablePageOf(body: Readonly<Record<string, unknown>>): TablePage {
  if (Array.isArray(body.columns) && Array.isArray(body.rows)) return body as unknown as TablePage;
  throw new TypeError('The kernel has answered with something that is no table.');
}

function isKind(kind: unknown): kind is Variable['kind'] {
  return kind === 'group' || kind === 'accessor' || Object.values(KINDS).some((one) => one === kind);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
