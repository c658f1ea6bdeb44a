import type { Debugger, Runtime } from 'node:inspector';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Breakpoints } from './breakpoints.ts';
import { DebugError } from './errors.ts';
import { type Frame, framesOf } from './frames.ts';
import type { MainThread } from './main-thread.ts';
import type { Scripts } from './scripts.ts';

/** The one thread that runs the user's code. */
export const THREAD = 1;
/** Steps through code that is not the user's before the rest of it is run. */
const MOST_STEPS = 2000;

/** The code stands still, and the client knows. */
export interface Stop {
  readonly frames: readonly Frame[];
  readonly event: DebugProtocol.StoppedEvent['body'];
  /** What was thrown, where that is why. */
  readonly exception: (Runtime.RemoteObject & { readonly uncaught?: boolean }) | undefined;
}

export interface PausesParts {
  readonly main: MainThread;
  readonly scripts: Scripts;
  readonly breakpoints: Breakpoints;
  readonly stopped: (body: DebugProtocol.StoppedEvent['body']) => void;
  readonly continued: () => void;
}

export type Step = 'Debugger.stepOver' | 'Debugger.stepInto' | 'Debugger.stepOut';

/** When and why the main thread stands still. Only where the client wants it to does it stay so. */
export class Pauses {
  readonly #parts: PausesParts;
  /** Whether V8 has paused the main thread, for us or for the client. */
  #paused = false;
  #stop: Stop | undefined;
  /** The client wants it to stop at the next code of the user's. */
  #wanted = false;
  /** V8 has been asked for that. */
  #asked = false;
  /** The client has asked for a step. */
  #stepping = false;
  #steps = 0;
  /** V8's breakpoint at the begin of a cell. */
  #entry: string | undefined;
  #lastFrame = 0;

  constructor(parts: PausesParts) {
    this.#parts = parts;
    const { session } = parts.main;
    session.on('Debugger.paused', ({ params }) => {
      this.#paused = true;
      this.#decide(params)
        .catch(() => this.resume())
        .catch(() => undefined);
    });
    session.on('Debugger.resumed', () => this.#resumed());
  }

  get stop(): Stop | undefined {
    return this.#stop;
  }

  /** @throws DebugError where nothing stands still. */
  get current(): Stop {
    if (this.#stop === undefined) throw new DebugError('the code is not stopped');
    return this.#stop;
  }

  /** @throws DebugError */
  frame(id: number): Frame {
    const frame = this.current.frames.find((each) => each.id === id);
    if (frame === undefined) throw new DebugError(`there is no frame ${id}: the code has gone on`);
    return frame;
  }

  /** Stops at the next code of the user's. */
  async pause(): Promise<void> {
    if (this.#stop !== undefined) return;
    this.#wanted = true;
    this.#steps = 0;
    // It may stand still for a moment, for us: V8 is asked when it goes on.
    this.#asked = !this.#paused;
    if (this.#asked) await this.#post('Debugger.pause');
  }

  async step(step: Step): Promise<void> {
    void this.current;
    this.#stepping = true;
    await this.#post(step);
  }

  /** Lets the code go on, if it stands still. */
  async resume(): Promise<void> {
    this.#wanted = false;
    if (this.#paused) await this.#post('Debugger.resume');
  }

  /** Ends what stands still; what it was about to do does not happen. */
  terminate(): void {
    this.#wanted = false;
    if (this.#paused) this.#post('Debugger.resume', { terminateOnResume: true }).catch(() => undefined);
  }

  async #decide(params: Debugger.PausedEventDataType): Promise<void> {
    const { scripts, breakpoints } = this.#parts;
    const begins = beginningScript(params);
    if (begins !== undefined) {
      const script = await scripts.takeCell(begins);
      if (script !== undefined) await breakpoints.bind(script);
    }
    const hit = breakpoints.idsOf(params.hitBreakpoints ?? []);
    const isEntry = this.#entry !== undefined && (params.hitBreakpoints ?? []).includes(this.#entry);
    if (begins !== undefined && hit.length === 0) {
      if (this.#wanted && scripts.get(begins)?.kind === 'cell') await this.#stopAtEntry(params.callFrames[0]);
      await this.#post('Debugger.resume');
      return;
    }
    const top = scripts.get(params.callFrames[0]?.location.scriptId ?? '');
    const isThrown = params.reason === 'exception' || params.reason === 'promiseRejection';
    if (hit.length === 0 && !isEntry && !isThrown && (top === undefined || top.kind === 'internal')) {
      await this.#leaveInternal(params);
      return;
    }
    const frames = await framesOf(params, scripts, this.#lastFrame + 1);
    if (isThrown && !frames.some(({ script }) => script !== undefined && !/[\\/]node_modules[\\/]/.test(script.url))) {
      await this.#post('Debugger.resume');
      return;
    }
    await this.#leaveEntry();
    if (!this.#paused) return;
    this.#lastFrame += frames.length;
    const isWanted = this.#wanted;
    this.#wanted = false;
    this.#stepping = false;
    this.#steps = 0;
    const exception = isThrown ? (params.data as Stop['exception']) : undefined;
    this.#stop = { frames, event: why(isWanted ? 'other' : params.reason, hit, exception), exception };
    this.#parts.stopped(this.#stop.event);
  }

  /** No step goes on from before a script, nor does a pause: the client's stop is made at the first place after that. */
  async #stopAtEntry(top: Debugger.CallFrame | undefined): Promise<void> {
    if (top === undefined) return;
    const { main } = this.#parts;
    const { breakpointId } = await main.answer(main.session.post('Debugger.setBreakpoint', { location: top.location }));
    this.#entry = breakpointId;
  }

  async #leaveEntry(): Promise<void> {
    const breakpointId = this.#entry;
    this.#entry = undefined;
    if (breakpointId !== undefined) await this.#post('Debugger.removeBreakpoint', { breakpointId });
  }

  /** V8 stops in Node's own code where that is part of its snapshot, though it was asked not to. */
  async #leaveInternal(params: Debugger.PausedEventDataType): Promise<void> {
    const isCalled = params.callFrames.some(({ location }) => {
      const script = this.#parts.scripts.get(location.scriptId);
      return script !== undefined && script.kind !== 'internal';
    });
    this.#steps += 1;
    if (!isCalled) this.#stepping = false;
    const isAsked = (this.#wanted || this.#stepping) && this.#steps <= MOST_STEPS;
    // Into what it calls, or resumes: the user's code may be that.
    const onward = isCalled ? 'Debugger.stepOut' : 'Debugger.stepInto';
    await this.#post(isAsked ? onward : 'Debugger.resume');
  }

  #resumed(): void {
    this.#paused = false;
    if (this.#stop === undefined) {
      if (!this.#wanted || this.#asked || this.#entry !== undefined) return;
      this.#asked = true;
      this.#post('Debugger.pause').catch(() => undefined);
      return;
    }
    this.#stop = undefined;
    this.#parts.main.letGo();
    this.#parts.continued();
  }

  async #post(method: string, params?: object): Promise<void> {
    await this.#parts.main.post(method, params);
  }
}

/** The script of which nothing has run yet, if the pause is that before it. */
function beginningScript({ reason, data }: Debugger.PausedEventDataType): string | undefined {
  const { scriptId, reasons } = (data ?? {}) as {
    scriptId?: string;
    reasons?: { reason: string; auxData?: { scriptId?: string } }[];
  };
  if (reason === 'instrumentation') return scriptId;
  return reasons?.find((each) => each.reason === 'instrumentation')?.auxData?.scriptId;
}

function why(reason: string, hit: readonly number[], exception: Stop['exception']): DebugProtocol.StoppedEvent['body'] {
  const common = { threadId: THREAD, allThreadsStopped: true };
  if (exception !== undefined) {
    const text = (exception.description ?? String(exception.value)).split('\n')[0] ?? '';
    return { ...common, reason: 'exception', description: 'Paused on exception', text };
  }
  if (hit.length > 0)
    return { ...common, reason: 'breakpoint', description: 'Paused on breakpoint', hitBreakpointIds: [...hit] };
  if (reason === 'step') return { ...common, reason: 'step', description: 'Paused on step' };
  return { ...common, reason: 'pause', description: 'Paused' };
}
