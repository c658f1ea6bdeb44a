import type { DebugProtocol } from '@vscode/debugprotocol';

/** When the code stops at an exception, as V8 names it. */
export type ExceptionFilter = 'all' | 'uncaught';

export const EXCEPTION_FILTERS: readonly (DebugProtocol.ExceptionBreakpointsFilter & { filter: ExceptionFilter })[] = [
  {
    filter: 'uncaught',
    label: 'Uncaught Exceptions',
    description: 'Stops at what ends the cell, and at rejections and errors of timers that nobody handles.',
    default: true,
  },
  { filter: 'all', label: 'All Exceptions', description: 'Stops at everything that is thrown.', default: false },
];

/** What the adapter can do, for the client that initializes it. */
export const CAPABILITIES: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsSetVariable: true,
  supportsExceptionInfoRequest: true,
  supportsModulesRequest: true,
  supportsLoadedSourcesRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsTerminateRequest: true,
  supportsBreakpointLocationsRequest: true,
  exceptionBreakpointFilters: [...EXCEPTION_FILTERS],
};
