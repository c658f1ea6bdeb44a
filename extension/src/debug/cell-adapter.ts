import type { DebugProtocol } from '@vscode/debugprotocol';
import { Emitter } from '../emitter.ts';
import { messageOf } from '../log.ts';
import { CellBreakpoints, unverified } from './cell-breakpoints.ts';
import { CellSources } from './cell-sources.ts';
import { type Cell, type Cells, type DebugInfo, type DebugKernel, isResponse } from './debug-kernel.ts';
import type { TextChange } from './moved-place.ts';

const NOT_HERE = 'The cell is not of the notebook that is debugged.';

/** Passes the Debug Adapter Protocol between the editor and the kernel, in the names of each for the cells. */
export class CellAdapter {
  readonly #kernel: DebugKernel;
  readonly #cells: Cells;
  readonly #sent = new Emitter<DebugProtocol.ProtocolMessage>();
  readonly #configured = Promise.withResolvers<void>();
  readonly #breakpoints = new CellBreakpoints(
    (path, asked) => this.#setInKernel({ path }, asked),
    (breakpoint) => this.#send({ type: 'event', event: 'breakpoint', body: { reason: 'changed', breakpoint } }),
  );
  #sources: CellSources | undefined;
  #stoppedBefore: readonly number[] = [];
  /** One change of breakpoints after the other, and one event. */
  #breakpointsTurn: Promise<unknown> = Promise.resolve();
  #eventsTurn: Promise<unknown> = Promise.resolve();
  #kernelSeq = 0;
  #seq = 0;
  #ended = false;
  #kernelGone = false;

  constructor(kernel: DebugKernel, cells: Cells) {
    this.#kernel = kernel;
    this.#cells = cells;
    // It is only looked at by who waits for it.
    this.#configured.promise.catch(() => undefined);
  }

  /** Messages for the editor. */
  readonly onMessage = this.#sent.event;

  /** Resolves when breakpoints are set; rejects if the session ends before. */
  get configured(): Promise<void> {
    return this.#configured.promise;
  }

  /** A message of the editor. */
  handle(message: DebugProtocol.ProtocolMessage): void {
    if (message.type !== 'request') return;
    const request = message as DebugProtocol.Request;
    void this.#answer(request);
  }

  /** An event of the kernel. */
  handleEvent(event: DebugProtocol.Event): void {
    this.#eventsTurn = this.#eventsTurn.then(async () => {
      if (this.#ended) return;
      // Of one that is being set the editor does not know yet.
      if (event.event === 'breakpoint') await this.#breakpointsTurn;
      if (event.event === 'terminated') this.end();
      else if (!this.#isOfCells(event))
        this.#send({ ...event, ...(isObject(event.body) && { body: await this.#bodyToClient(event.body) }) });
    });
  }

  /** The kernel ended, or another process stands in its place: it knows nothing of this session. */
  kernelGone(): void {
    this.#kernelGone = true;
    this.end();
  }

  /** The session is over: the cell is done. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#configured.reject(new Error('The debugger ended before the cell began.'));
    this.#send({ type: 'event', event: 'terminated' });
  }

  /** A cell's text is being changed: its breakpoints go along, and are not stopped at until `refresh`. */
  edited(cell: string, changes: readonly TextChange[]): void {
    if (!this.#ended) this.#breakpoints.edited(cell, changes);
  }

  /** A cell's text was changed: its breakpoints are set in the new code, and the editor is told how they stand there. */
  async refresh(cell: string): Promise<void> {
    if (!this.#ended && this.#breakpoints.has(cell)) await this.#setOfCell(cell);
  }

  /** Whether an event tells of a breakpoint of a cell, which is told by its own. */
  #isOfCells({ event, body }: DebugProtocol.Event): boolean {
    return event === 'breakpoint' && isObject(body) && isObject(body.breakpoint)
      ? this.#breakpoints.heard(body.breakpoint as object as DebugProtocol.Breakpoint)
      : false;
  }

  async #answer(request: DebugProtocol.Request): Promise<void> {
    const { command, seq } = request;
    const reply = { type: 'response', command, request_seq: seq };
    try {
      const body = await this.#handle(command, isObject(request.arguments) ? request.arguments : {});
      this.#send({ ...reply, success: true, ...(body !== undefined && { body }) });
      if (command === 'configurationDone') this.#isConfigured();
    } catch (error) {
      this.#send({ ...reply, success: false, message: messageOf(error) });
    }
  }

  async #handle(command: string, args: Arguments): Promise<unknown> {
    switch (command) {
      case 'initialize':
        return await this.#initialize(args);
      case 'launch':
      case 'attach':
        await this.#ask('attach', {});
        return undefined;
      case 'setBreakpoints':
        return { breakpoints: await this.#setBreakpoints(args as unknown as DebugProtocol.SetBreakpointsArguments) };
      case 'terminate':
        // The cell ends by it, and with the cell the session.
        await this.#kernel.interrupt();
        return undefined;
      case 'disconnect':
        this.#ended = true;
        if (!this.#kernelGone) await this.#ask('disconnect', { restart: false, terminateDebuggee: false });
        return undefined;
      default:
        return await this.#pass(command, args);
    }
  }

  async #initialize(args: Arguments): Promise<DebugProtocol.Capabilities> {
    const capabilities = await this.#ask<DebugProtocol.Capabilities>('initialize', { ...args, pathFormat: 'path' });
    const info = await this.#ask<DebugInfo>('debugInfo', {});
    this.#stoppedBefore = info.stoppedThreads ?? [];
    const dump = async (code: string): Promise<string> =>
      (await this.#ask<{ sourcePath: string }>('dumpCell', { code })).sourcePath;
    this.#sources = new CellSources(this.#cells, dump, info.tmpFilePrefix);
    return { ...capabilities, supportsConfigurationDoneRequest: true, supportsTerminateRequest: true };
  }

  #isConfigured(): void {
    this.#configured.resolve();
    const [threadId] = this.#stoppedBefore;
    if (threadId === undefined) return;
    // It stood still before we came: nobody tells of that any more.
    const body = { reason: 'pause', threadId, allThreadsStopped: true };
    this.#send({ type: 'event', event: 'stopped', body });
  }

  async #pass(command: string, args: Arguments): Promise<unknown> {
    const sources = this.#sources;
    let passed = args;
    if (isObject(args.source) && sources !== undefined) {
      const source = await sources.toKernel(args.source);
      if (source === undefined) throw new Error(NOT_HERE);
      passed = { ...args, source, ...(command === 'source' && { sourceReference: source.sourceReference ?? 0 }) };
    }
    const body = await this.#ask<unknown>(command, passed);
    return isObject(body) ? await this.#bodyToClient(body) : body;
  }

  async #setBreakpoints({
    source,
    breakpoints,
    lines = [],
  }: DebugProtocol.SetBreakpointsArguments): Promise<DebugProtocol.Breakpoint[]> {
    const asked = breakpoints ?? lines.map((line) => ({ line }));
    const { path } = source;
    if (path !== undefined && this.#cells.isCell(path)) {
      const taken = this.#breakpoints.take(path, this.#cellAt(path)?.code ?? '', asked);
      const isThere = await this.#setOfCell(path);
      return taken.map((known) => known.told ?? { ...unverified(known), ...(!isThere && { message: NOT_HERE }) });
    }
    return await this.#inTurn(() => this.#setInKernel(source, asked));
  }

  /** Lets the kernel have the breakpoints of a cell. Resolves to whether it is one of the notebook. */
  #setOfCell(uri: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const cell = this.#cellAt(uri);
      await this.#breakpoints.set(uri, cell && (await this.#sources?.pathOf(cell.code)));
      return cell !== undefined;
    });
  }

  #cellAt(uri: string): Cell | undefined {
    return this.#cells.all().find((each) => each.uri === uri);
  }

  async #setInKernel(
    source: DebugProtocol.Source,
    asked: readonly DebugProtocol.SourceBreakpoint[],
  ): Promise<DebugProtocol.Breakpoint[]> {
    const args = { source, breakpoints: asked, lines: asked.map(({ line }) => line), sourceModified: false };
    const body = await this.#ask<DebugProtocol.SetBreakpointsResponse['body'] | undefined>('setBreakpoints', args);
    return body?.breakpoints ?? [];
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#breakpointsTurn.then(action);
    this.#breakpointsTurn = turn.catch(() => undefined);
    return turn;
  }

  /** The body of the reply. @throws where the kernel refuses. */
  async #ask<Body>(command: string, args: object): Promise<Body> {
    this.#kernelSeq += 1;
    const reply = await this.#kernel.request({ type: 'request', seq: this.#kernelSeq, command, arguments: args });
    if (!isResponse(reply)) throw new Error(`The kernel has no debugger for the request ${command}.`);
    if (reply.success) return reply.body;
    throw new Error(reply.message || `The kernel refused the request ${command}.`);
  }

  /** Wherever the protocol has a source. */
  async #bodyToClient(body: Arguments): Promise<Arguments> {
    const sources = this.#sources;
    if (sources === undefined) return body;
    const mapped: Arguments = { ...body };
    if (isObject(body.source)) mapped.source = await sources.toClient(body.source);
    if (isObject(body.breakpoint)) mapped.breakpoint = await this.#bodyToClient(body.breakpoint);
    if (Array.isArray(body.hitBreakpointIds))
      mapped.hitBreakpointIds = body.hitBreakpointIds.map((id: number) => this.#breakpoints.idOf(id));
    for (const list of ['stackFrames', 'breakpoints', 'scopes'] as const) {
      const items = body[list];
      if (Array.isArray(items)) mapped[list] = await Promise.all(items.map((each) => this.#bodyToClient(each)));
    }
    // Of `exceptionInfo`.
    if (isObject(body.details) && typeof body.details.stackTrace === 'string')
      mapped.details = { ...body.details, stackTrace: await sources.shownText(body.details.stackTrace) };
    if (Array.isArray(body.sources))
      mapped.sources = await Promise.all(body.sources.map((source) => sources.toClient(source)));
    return mapped;
  }

  #send(message: object): void {
    this.#seq += 1;
    this.#sent.fire({ ...message, seq: this.#seq } as DebugProtocol.ProtocolMessage);
  }
}

type Arguments = Record<string, unknown>;

function isObject(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
