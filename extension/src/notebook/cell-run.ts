import { randomUUID } from 'node:crypto';
import type { NotebookCell, NotebookCellOutput } from 'vscode';
import type { KernelEnd } from '../kernels/kernel.ts';
import { CellOutputs, type Displays } from '../outputs/cell-outputs.ts';
import type { Content } from '../outputs/output.ts';
import type { CellTarget } from './cell-target.ts';
import type { Question } from './input.ts';
import { describeKernelEnd } from './kernel-end.ts';
import { sentences } from './sentences.ts';
import type { WholeOutput, WholeOutputs } from './whole-outputs.ts';

export interface CellRunOptions {
  /** Of the message that asks for it. Default: a new one. */
  readonly id?: string | undefined;
  readonly target: CellTarget;
  readonly displays: Displays;
  readonly whole: WholeOutputs;
  /** Characters of a text that are shown whole. */
  readonly limit: number;
  /** True for one that another window has seen to its end. */
  readonly isEnded: boolean;
}

/** How a run ended. `aborted`: it was never begun. */
export type Outcome = 'done' | 'failed' | 'aborted';

/** One run of a cell: from waiting to its end, and what comes after that. */
export class CellRun {
  readonly id: string;
  readonly #target: CellTarget;
  readonly #outputs: CellOutputs<NotebookCellOutput>;
  readonly #whole = new Map<number, WholeOutput>();
  readonly #ended = Promise.withResolvers<Outcome>();
  #isEnded: boolean;
  #startTime = 0;
  /** What it waits for to be told. */
  question: Question | undefined;

  /** Shows the cell as waiting, unless the run has ended. */
  constructor({ id = randomUUID(), target, displays, whole, limit, isEnded }: CellRunOptions) {
    this.id = id;
    this.#target = target;
    this.#isEnded = isEnded;
    if (!isEnded) target.wait();
    this.#outputs = new CellOutputs({
      target,
      displays,
      limit,
      overflow: (text, of) => {
        let output = this.#whole.get(of);
        if (output === undefined) {
          output = whole.create();
          this.#whole.set(of, output);
        }
        output.add(text);
      },
    });
  }

  get cell(): NotebookCell {
    return this.#target.cell;
  }

  get ended(): Promise<Outcome> {
    return this.#ended.promise;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** In ms since 1970. */
  get startTime(): number {
    return this.#startTime;
  }

  get failed(): boolean {
    return this.#outputs.failed;
  }

  /** The outputs that are shown in part. */
  get whole(): readonly WholeOutput[] {
    return [...this.#whole.values()];
  }

  /** It runs. What an earlier run showed goes, unless it is kept. */
  start(startTime = Date.now(), clear = true): void {
    this.#startTime = startTime;
    this.#target.begin(startTime, clear);
  }

  take(msgType: string, content: Content): void {
    if (msgType === 'execute_input') this.count(content.execution_count);
    else this.#outputs.take(msgType, content);
  }

  count(executionCount: unknown): void {
    if (!this.#isEnded && typeof executionCount === 'number') this.#target.count(executionCount);
  }

  /** Says in the cell why there is nothing more to come. */
  explain(name: string, message: string, traceback: readonly string[] = sentences(`${name}: ${message}`)): void {
    this.#outputs.take('error', { ename: name, evalue: message, traceback });
  }

  /** Why it is given up, unless it has shown already why it failed: only its reply was yet to come. */
  abandoned(name: string, message: string): void {
    if (!this.failed) this.explain(name, message);
  }

  died(kernel: string, end: KernelEnd): void {
    const message = describeKernelEnd(kernel, end);
    this.explain('KernelDied', message, [
      ...sentences(`KernelDied: ${message}`),
      ...(end.lastOutput === '' ? [] : ['', 'It wrote last:', end.lastOutput]),
    ]);
  }

  /** Outputs that come later are shown all the same. */
  end(outcome: Outcome): void {
    if (this.#isEnded) return;
    this.#outputs.flush();
    this.#isEnded = true;
    this.#target.end(outcome === 'aborted' ? undefined : outcome === 'done', Date.now());
    this.#ended.resolve(outcome);
  }
}
