import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Paging, Variable } from '../../../link.ts';
import { shown } from '../../shown.ts';
import type { Frame } from '../frames.ts';
import type { Handles } from '../requests.ts';
import type { DebugState } from '../state.ts';

/** Variables, and code that the person has evaluated. */
export const values: Handles<
  'variables' | 'setVariable' | 'evaluate' | 'inspectVariables' | 'richInspectVariables' | 'copyToGlobals'
> = {
  async variables(state, args) {
    const variables = await state.session.values.variables(args.variablesReference, pagingOf(args));
    return { variables: variables.map((each) => shown(each, state)) };
  },

  async setVariable(state, { variablesReference, name, value }) {
    const { pauses, values } = state.session;
    return described(state, await values.set(variablesReference, name, value, pauses.current.frames));
  },

  async evaluate(state, { expression, frameId, context }) {
    const evaluated = await state.session.values.evaluate(expression, {
      frame: frameOf(state, frameId),
      looksOnly: context === 'hover',
      replMode: context === 'repl',
    });
    const { value, ...others } = described(state, evaluated);
    return { result: value, ...others };
  },

  /** All that the code sees where it stands: the innermost of variables of one name. */
  async inspectVariables(state) {
    const { pauses, values } = state.session;
    const [frame] = pauses.current.frames;
    const seen = new Map<string, Variable>();
    for (const { variablesReference } of frame === undefined ? [] : await values.scopes(frame)) {
      for (const variable of await values.variables(variablesReference, {})) {
        if (!seen.has(variable.name)) seen.set(variable.name, variable);
      }
    }
    return { variables: Array.from(seen.values(), (each) => shown(each, state)) };
  },

  async richInspectVariables(state, { variableName, frameId }) {
    const frame = frameOf(state, frameId) ?? state.session.pauses.current.frames[0];
    const text = await state.session.values.text(variableName, { frame, looksOnly: true });
    return { data: { 'text/plain': text }, metadata: {} };
  },

  async copyToGlobals(state, { srcVariableName, srcFrameId, dstVariableName }) {
    const { pauses, values } = state.session;
    const copied = await values.copyToGlobals(srcVariableName, pauses.frame(srcFrameId), dstVariableName);
    return described(state, copied);
  },
};

function frameOf(state: DebugState, id: number | undefined): Frame | undefined {
  return id === undefined ? undefined : state.session.pauses.frame(id);
}

/** A value without a name. */
function described(state: DebugState, variable: Variable): Omit<DebugProtocol.Variable, 'name'> {
  const { name: _, evaluateName: __, ...others } = shown(variable, state);
  return others;
}

function pagingOf({ filter, start, count }: DebugProtocol.VariablesArguments): Paging {
  return {
    ...(filter !== undefined && { filter }),
    ...(start !== undefined && { start }),
    ...(count !== undefined && { count }),
  };
}
