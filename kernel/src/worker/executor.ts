import { debugging, stoppable } from '../debugger/hook.ts';
import {
  CellRewriter,
  CellSyntaxError,
  type CompilerOptions,
  ForgottenNames,
  type HelpQuestion,
  helpQuestion,
  type RewrittenCell,
} from '../language/index.ts';
import type { CellError, ExecuteCommand, ExecuteOutcome, ExpressionResult, InspectOutcome } from '../link.ts';
import { interruptChildren } from './children.ts';
import { type MimeBundle, mimeBundle } from './display/index.ts';
import { type ErrorFormatter, InterruptError } from './errors.ts';
import { releaseHeld } from './hold.ts';
import { InputRefusedError } from './input.ts';
import type { Completion, Inspector } from './inspector.ts';
import type { Output } from './output.ts';
import { Results } from './results.ts';
import { currentCell, RunningCell, runInCell } from './running-cell.ts';

export interface ExecutorParts {
  readonly inspector: Inspector;
  readonly output: Output;
  readonly errors: ErrorFormatter;
  /** Resolves when all that the cells display is on its way. */
  readonly settled: () => Promise<unknown>;
  /** What is known of the thing of this name, for a cell that asks. */
  readonly inspect: (expression: string, detailLevel: 0 | 1) => Promise<InspectOutcome>;
  /** Those of the notebook's project. */
  readonly compilerOptions: () => CompilerOptions;
  /** Times a cell that begins with `%%time`; called at its end, what it returns says how long it took. */
  readonly timeCell: () => () => void;
  /** Frees what a terminated execution has left locked. */
  readonly recover: () => void;
}

/** Runs cells. The end of a cell comes from whichever is first: its own completion, or an interrupt. */
export class Executor {
  readonly #parts: ExecutorParts;
  /** What `reset` has forgotten, for those who look at V8's variables. */
  readonly forgotten = new ForgottenNames();
  readonly #rewriter: CellRewriter;
  readonly #results = new Results();
  readonly #running = new Set<RunningCell>();
  /** Called when a cell has been answered. */
  answered: (() => void) | undefined;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
    this.#rewriter = new CellRewriter({ forgotten: this.forgotten, compilerOptions: parts.compilerOptions });
  }

  execute(command: ExecuteCommand): void {
    const cell = new RunningCell(command);
    this.#running.add(cell);
    runInCell(cell, () => this.#start(cell));
  }

  get running(): readonly RunningCell[] {
    return [...this.#running];
  }

  /**
   * Ends cells that run, and the processes that they have started. Code of theirs that is neither stopped by V8 nor awaited
   * at a top level may go on; it changes nothing about their answers.
   */
  interrupt(cells: readonly RunningCell[]): void {
    this.#parts.recover();
    this.#parts.inspector.abandon();
    for (const cell of cells) {
      this.#forgetUnset(cell.declared);
      runInCell(cell, () => this.#fail(cell, this.#parts.errors.format(new InterruptError()), []));
    }
    releaseHeld(new InterruptError());
    void interruptChildren(cells);
  }

  /** Forgets what all cells have declared that do not run now, and their results. */
  reset(): void {
    const { inspector } = this.#parts;
    const kept = new Set(this.running.flatMap(({ declared }) => declared));
    const script = this.#rewriter.forgetAll(inspector.variables(), kept);
    inspector.evaluate('reset', `${script}\n//# sourceURL=reset`, () => undefined);
    this.#results.clear();
  }

  /** An error that no code of a cell caught: a rejection, or thrown by a timer. It is shown where it was caused. */
  report(error: unknown): void {
    const cell = currentCell();
    if (error instanceof InputRefusedError && cell?.answered === false) {
      // readline tells nobody who waits for a line that there will be none: the cell would wait for ever.
      this.#fail(cell, this.#parts.errors.format(error), []);
      return;
    }
    this.#parts.output.publish('error', { ...this.#parts.errors.format(error) });
  }

  /** Evaluates an expression for somebody who looks, not for the user. */
  evaluate(code: string): Promise<Completion> {
    const rewritten = this.#rewriter.rewrite({ name: 'expression', code });
    return new Promise((resolve) => this.#parts.inspector.evaluate('expression', rewritten.script, resolve));
  }

  // The last thing on its stack is the evaluation: if that is terminated, nothing after it would run.
  #start(cell: RunningCell): void {
    const { code, count, silent } = cell.command;
    const name = `In[${count}]`;
    if (!silent) this.#results.input(count, code);
    const question = helpQuestion(code);
    if (question !== null) {
      void this.#help(cell, question);
      return;
    }
    let rewritten: RewrittenCell;
    try {
      rewritten = this.#rewriter.rewrite({ name, code });
    } catch (error) {
      this.#failToStart(cell, error, name);
      return;
    }
    cell.declared = rewritten.declared;
    this.#parts.errors.cells.remember(name, { code, position: rewritten.position });
    const { inspector } = this.#parts;
    if (rewritten.wholeCell?.name === 'time') cell.ended = this.#parts.timeCell();
    const completed = (completion: Completion): void =>
      runInCell(cell, () => this.#completed(cell, rewritten, completion));
    // What this thread catches would not be uncaught to a debugger.
    if (rewritten.plain && !debugging.attached) inspector.run(name, rewritten.script, completed);
    else inspector.evaluate(name, stoppable(rewritten.script), completed);
  }

  #completed(cell: RunningCell, rewritten: RewrittenCell, completion: Completion): void {
    cell.ended?.();
    switch (completion.kind) {
      case 'value':
        this.#succeed(cell, rewritten, completion.value).catch((error: unknown) => {
          this.#fail(cell, this.#parts.errors.format(error), rewritten.declared);
        });
        return;
      case 'thrown':
        this.#forgetUnset(rewritten.declared);
        this.#fail(cell, this.#parts.errors.format(completion.error), rewritten.declared);
        return;
      case 'refused':
        this.#refuse(cell, rewritten, completion);
        return;
    }
  }

  /** A cell that asks is answered in the frontend's pager. Spec: messaging, "Payloads". */
  async #help(cell: RunningCell, { expression, detailLevel }: HelpQuestion): Promise<void> {
    const { found, data } = await this.#parts.inspect(expression, detailLevel);
    if (!found) {
      this.#fail(cell, this.#parts.errors.format(new ReferenceError(`${expression} is not defined`)), []);
      return;
    }
    const payload = [{ source: 'page', data, start: 0 }];
    this.#answer(cell, { status: 'ok', userExpressions: {}, payload, declared: [] });
  }

  /** The cell that declared these names has failed: some of them may have no value, and count as new. */
  #forgetUnset(declared: readonly string[]): void {
    if (declared.length === 0) return;
    const name = 'unset';
    this.#parts.inspector.evaluate(
      name,
      `${this.#rewriter.unsetNames(declared)}\n//# sourceURL=${name}`,
      (completion) => {
        if (completion.kind === 'value') this.#rewriter.forget(declared, completion.value as string[]);
      },
    );
  }

  async #succeed(cell: RunningCell, rewritten: RewrittenCell, value: unknown): Promise<void> {
    const { command } = cell;
    const shown = rewritten.showsResult && !command.silent && value !== undefined;
    if (shown && command.storeHistory) this.#results.output(command.count, value);
    const made = shown ? mimeBundle(value) : null;
    const bundle = made instanceof Promise ? await made : made;
    await this.#parts.settled();
    const userExpressions = await this.#userExpressions(command.userExpressions);
    if (cell.answered) return;
    this.#parts.output.together(() => {
      if (bundle !== null) this.#publishResult(command.count, bundle);
      this.#answer(cell, {
        status: 'ok',
        userExpressions,
        payload: cell.payload,
        declared: rewritten.declared,
        ...(bundle !== null && { resultText: plainText(bundle) }),
      });
    });
  }

  #publishResult(count: number, { data, metadata }: MimeBundle): void {
    this.#parts.output.publish('execute_result', { execution_count: count, data, metadata });
  }

  async #userExpressions(expressions: ExecuteCommand['userExpressions']): Promise<Record<string, ExpressionResult>> {
    const results: Record<string, ExpressionResult> = {};
    for (const [key, expression] of Object.entries(expressions)) results[key] = await this.#userExpression(expression);
    return results;
  }

  async #userExpression(expression: string): Promise<ExpressionResult> {
    try {
      const completion = await this.evaluate(expression);
      if (completion.kind !== 'value') {
        const error = completion.kind === 'thrown' ? completion.error : new SyntaxError(completion.message);
        return { status: 'error', ...this.#parts.errors.format(error) };
      }
      const bundle = (await mimeBundle(completion.value)) ?? { data: { 'text/plain': 'undefined' }, metadata: {} };
      return { status: 'ok', data: bundle.data, metadata: bundle.metadata };
    } catch (error) {
      if (error instanceof CellSyntaxError)
        return { status: 'error', ...this.#parts.errors.formatSyntaxError(error, 'expression') };
      return { status: 'error', ...this.#parts.errors.format(error) };
    }
  }

  #failToStart(cell: RunningCell, error: unknown, name: string): void {
    const { errors } = this.#parts;
    this.#fail(
      cell,
      error instanceof CellSyntaxError ? errors.formatSyntaxError(error, name) : errors.format(error),
      [],
    );
  }

  /** V8 does not compile what the rewriter let pass. */
  #refuse(cell: RunningCell, rewritten: RewrittenCell, refusal: Completion & { kind: 'refused' }): void {
    const { count, code } = cell.command;
    const source = { name: `In[${count}]`, code };
    const error = this.#rewriter.refused(source, rewritten, refusal.message, refusal.line, refusal.column);
    this.#fail(cell, this.#parts.errors.formatSyntaxError(error, source.name), []);
  }

  #fail(cell: RunningCell, error: CellError, declared: readonly string[]): void {
    if (cell.answered) return;
    this.#parts.output.publish('error', { ...error });
    this.#answer(cell, { status: 'error', error, userExpressions: {}, payload: [], declared });
  }

  #answer(cell: RunningCell, outcome: ExecuteOutcome): void {
    if (cell.answered) return;
    // Sent before it counts as answered: an interrupt that stops this very code is then still answered by itself.
    this.#parts.output.send({ op: 'answer', to: 'execute', id: cell.command.id, outcome });
    cell.answered = true;
    this.#running.delete(cell);
    this.answered?.();
  }
}

function plainText(bundle: MimeBundle): string {
  const text = bundle.data['text/plain'];
  return typeof text === 'string' ? text : '';
}
