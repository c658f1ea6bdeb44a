import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Variable } from '../../agent/variable.ts';
import type { Handles } from '../requests.ts';
import type { DebugState } from '../state.ts';

/** Variables, and code that the person has evaluated. */
export const values: Handles<
  'variables' | 'setVariable' | 'evaluate' | 'inspectVariables' | 'richInspectVariables' | 'copyToGlobals'
> = {
  async variables(state, { variablesReference, filter, start, count }) {
    return {
      variables: (await state.session.values.variables(variablesReference, { filter, start, count })).map(shown),
    };
  },

  async setVariable(state, { variablesReference, name, value }) {
    const { pauses, values } = state.session;
    return await values.set(variablesReference, name, value, pauses.current.frames);
  },

  async evaluate(state, { expression, frameId, context }) {
    const { value, ...described } = await state.session.values.evaluate(expression, {
      frame: frameOf(state, frameId),
      looksOnly: context === 'hover',
      replMode: context === 'repl',
    });
    return { result: value, ...described };
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
    return { variables: Array.from(seen.values(), shown) };
  },

  async richInspectVariables(state, { variableName, frameId }) {
    const frame = frameOf(state, frameId) ?? state.session.pauses.current.frames[0];
    const text = await state.session.values.text(variableName, { frame, looksOnly: true });
    return { data: { 'text/plain': text }, metadata: {} };
  },

  async copyToGlobals(state, { srcVariableName, srcFrameId, dstVariableName }) {
    const { pauses, values } = state.session;
    return await values.copyToGlobals(srcVariableName, pauses.frame(srcFrameId), dstVariableName);
  },
};

function frameOf(
  state: DebugState,
  id: number | undefined,
): ReturnType<DebugState['session']['pauses']['frame']> | undefined {
  return id === undefined ? undefined : state.session.pauses.frame(id);
}

function shown({ presentationHint, ...variable }: Variable): DebugProtocol.Variable {
  if (presentationHint === undefined) return variable;
  const { attributes, ...hint } = presentationHint;
  return {
    ...variable,
    presentationHint: { ...hint, ...(attributes !== undefined && { attributes: [...attributes] }) },
  };
}
