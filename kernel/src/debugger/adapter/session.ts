import { LEAVE } from '../hook.ts';
import { ASYNC_DEPTH } from './frames.ts';
import { MainThread } from './main-thread.ts';
import { INTERNAL } from './own-code.ts';
import { Pauses, THREAD } from './pauses.ts';
import { Scripts } from './scripts.ts';
import type { DebugState } from './state.ts';
import { Values } from './values.ts';

/** A debugger that is attached to the main thread, from `attach` to `disconnect`. */
export class Session {
  readonly main = new MainThread();
  readonly scripts: Scripts;
  readonly pauses: Pauses;
  readonly values: Values;
  readonly #state: DebugState;

  constructor(state: DebugState) {
    const { main } = this;
    this.#state = state;
    this.scripts = new Scripts(main, state.paths);
    this.values = new Values(this, state.expressions);
    this.pauses = new Pauses({
      main,
      scripts: this.scripts,
      breakpoints: state.breakpoints,
      stopped: (body) => state.send('stopped', body),
      continued: () => {
        this.values.release();
        state.send('continued', { threadId: THREAD, allThreadsContinued: true });
      },
    });
  }

  async start(): Promise<void> {
    const { main } = this;
    await main.connect();
    // The process tells that it wants to end; otherwise it would wait for this session, and say so to the user.
    main.session.on('Runtime.bindingCalled', () => {
      main.ask('left').catch(() => undefined);
      this.#state.drop();
    });
    await main.post('Runtime.addBinding', { name: LEAVE });
    await main.post('Debugger.enable');
    await main.post('Debugger.setBlackboxPatterns', { patterns: INTERNAL, skipAnonymous: true });
    await main.post('Debugger.setAsyncCallStackDepth', { maxDepth: ASYNC_DEPTH });
    await main.post('Debugger.setInstrumentationBreakpoint', { instrumentation: 'beforeScriptWithSourceMapExecution' });
    await this.setExceptions();
    await this.scripts.takeCells();
    await this.#state.breakpoints.attach(this);
    await main.ask('attach');
  }

  async setExceptions(): Promise<void> {
    const { main } = this;
    await main.post('Debugger.setPauseOnExceptions', { state: this.#state.exceptions });
  }

  /** Leaves the main thread as it was before the session, running. */
  async end(): Promise<void> {
    const { main } = this;
    try {
      await this.pauses.resume();
      await main.ask('detach');
      await main.post('Debugger.disable');
    } finally {
      main.disconnect();
    }
  }

  /** Ends without a word to the main thread. */
  drop(): void {
    this.main.disconnect();
  }
}
