import { hasDebugger } from '../../debug/kernel-debugger.ts';
import type { RunningKernel } from '../../kernels/kernel.ts';
import { DebuggerVariables } from './debugger-source.ts';
import { ElaraVariables } from './elara-source.ts';
import { PythonVariables } from './python-source.ts';
import type { VariableSource } from './source.ts';

/** How the variables of a kernel can be known; a text says why they cannot. */
export function variableSourceOf(kernel: RunningKernel): VariableSource | string {
  const { connection, info, language, displayName } = kernel;
  if (info.implementation === 'elara') return new ElaraVariables(connection);
  if (language.toLowerCase() === 'python') return new PythonVariables(connection);
  if (hasDebugger(kernel)) return new DebuggerVariables(connection);
  return `${displayName} does not tell its variables: it has no debugger, and of its language (${language}) Elara does not know how to ask for them.`;
}
