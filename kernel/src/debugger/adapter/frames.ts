import type { Debugger, Runtime } from 'node:inspector';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Script, Scripts, SourcePlace } from './scripts.ts';

/** A frame of the user's. Those of what it was awaited by have no scopes any more. */
export interface Frame {
  readonly id: number;
  readonly name: string;
  readonly script: Script | undefined;
  readonly place: SourcePlace;
  readonly call: Debugger.CallFrame | undefined;
  readonly hint: 'normal' | 'label';
}

interface Raw {
  readonly scriptId: string;
  readonly name: string;
  readonly lineNumber: number;
  readonly columnNumber?: number | undefined;
  readonly call?: Debugger.CallFrame;
}

/** Asynchronous calls that are followed back. */
export const ASYNC_DEPTH = 32;

/** The frames of the user's code in a stack that V8 gives, the innermost first, each with its place in the source. */
export async function framesOf(
  { callFrames, asyncStackTrace }: Debugger.PausedEventDataType,
  scripts: Scripts,
  firstId: number,
): Promise<Frame[]> {
  const frames = await userFrames(callFrames.map(rawCall), scripts);
  for (let trace = asyncStackTrace; trace !== undefined; trace = trace.parent) {
    const awaited = await userFrames(trace.callFrames.map(rawTrace), scripts);
    if (awaited.length === 0) continue;
    const { description = 'async' } = trace;
    frames.push({
      name: description,
      script: undefined,
      place: { line: 0, column: 0 },
      call: undefined,
      hint: 'label',
    });
    frames.push(...awaited);
  }
  return frames.map((frame, index) => ({ ...frame, id: firstId + index }));
}

export function shownFrame({ id, name, script, place, hint }: Frame, scripts: Scripts): DebugProtocol.StackFrame {
  return {
    id,
    name,
    ...place,
    presentationHint: hint,
    ...(script !== undefined && { source: scripts.source(script) }),
  };
}

async function userFrames(raws: readonly Raw[], scripts: Scripts): Promise<Omit<Frame, 'id'>[]> {
  const frames: Omit<Frame, 'id'>[] = [];
  for (const raw of raws) {
    const script = scripts.get(raw.scriptId);
    if (script === undefined || script.kind === 'internal') continue;
    const [place = { line: 1, column: 1 }] = await scripts.toSource(script.id, [raw]);
    frames.push({ name: raw.name || outermost(script), script, place, call: raw.call, hint: 'normal' });
  }
  return frames;
}

/** What has no name is the code of a cell itself, or a function without a name. */
function outermost({ kind, url }: Script): string {
  return kind === 'cell' ? url : '(anonymous)';
}

function rawCall(call: Debugger.CallFrame): Raw {
  return { ...call.location, name: call.functionName, call };
}

function rawTrace({ scriptId, functionName, lineNumber, columnNumber }: Runtime.CallFrame): Raw {
  return { scriptId, name: functionName, lineNumber, columnNumber };
}
