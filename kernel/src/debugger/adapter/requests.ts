import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DebugState } from './state.ts';

type None = Record<string, never> | undefined;

/** What debugInfo tells. Spec: messaging, "debugInfo". */
export interface DebugInfo {
  readonly isStarted: boolean;
  readonly hashMethod: 'Murmur2';
  readonly hashSeed: number;
  readonly tmpFilePrefix: string;
  readonly tmpFileSuffix: string;
  readonly breakpoints: readonly {
    readonly source: string;
    readonly breakpoints: readonly DebugProtocol.SourceBreakpoint[];
  }[];
  readonly stoppedThreads: readonly number[];
  readonly richRendering: boolean;
  readonly exceptionPaths: readonly string[];
  readonly copyToGlobals: boolean;
}

/** The requests that the adapter knows: arguments and bodies of the Debug Adapter Protocol, and of Jupyter's additions. */
export interface Requests {
  initialize: [DebugProtocol.InitializeRequestArguments, DebugProtocol.Capabilities];
  attach: [object, undefined];
  configurationDone: [None, undefined];
  disconnect: [DebugProtocol.DisconnectArguments, undefined];
  terminate: [DebugProtocol.TerminateArguments, undefined];
  debugInfo: [None, DebugInfo];
  dumpCell: [{ readonly code: string }, { readonly sourcePath: string }];
  setBreakpoints: [DebugProtocol.SetBreakpointsArguments, DebugProtocol.SetBreakpointsResponse['body']];
  breakpointLocations: [DebugProtocol.BreakpointLocationsArguments, DebugProtocol.BreakpointLocationsResponse['body']];
  setExceptionBreakpoints: [DebugProtocol.SetExceptionBreakpointsArguments, undefined];
  exceptionInfo: [DebugProtocol.ExceptionInfoArguments, DebugProtocol.ExceptionInfoResponse['body']];
  threads: [None, DebugProtocol.ThreadsResponse['body']];
  continue: [DebugProtocol.ContinueArguments, DebugProtocol.ContinueResponse['body']];
  next: [DebugProtocol.NextArguments, undefined];
  stepIn: [DebugProtocol.StepInArguments, undefined];
  stepOut: [DebugProtocol.StepOutArguments, undefined];
  pause: [DebugProtocol.PauseArguments, undefined];
  stackTrace: [DebugProtocol.StackTraceArguments, DebugProtocol.StackTraceResponse['body']];
  scopes: [DebugProtocol.ScopesArguments, DebugProtocol.ScopesResponse['body']];
  variables: [DebugProtocol.VariablesArguments, DebugProtocol.VariablesResponse['body']];
  setVariable: [DebugProtocol.SetVariableArguments, DebugProtocol.SetVariableResponse['body']];
  evaluate: [DebugProtocol.EvaluateArguments, DebugProtocol.EvaluateResponse['body']];
  source: [DebugProtocol.SourceArguments, DebugProtocol.SourceResponse['body']];
  modules: [DebugProtocol.ModulesArguments, DebugProtocol.ModulesResponse['body']];
  loadedSources: [DebugProtocol.LoadedSourcesArguments, DebugProtocol.LoadedSourcesResponse['body']];
  inspectVariables: [None, DebugProtocol.VariablesResponse['body']];
  richInspectVariables: [
    { readonly variableName: string; readonly frameId?: number },
    { readonly data: Record<string, unknown>; readonly metadata: Record<string, unknown> },
  ];
  copyToGlobals: [
    { readonly srcVariableName: string; readonly dstVariableName: string; readonly srcFrameId: number },
    Omit<DebugProtocol.Variable, 'name'>,
  ];
}

/** Serves one command. Throws DebugError where it cannot. */
export type Handle<C extends keyof Requests> = (
  state: DebugState,
  args: Requests[C][0],
) => Requests[C][1] | Promise<Requests[C][1]>;

export type Handles<C extends keyof Requests> = { readonly [Command in C]: Handle<Command> };
