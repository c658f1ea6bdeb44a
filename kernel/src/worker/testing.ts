/** A worker for tests: runs cells over the real link, and gathers what they publish. */
import type { ExecuteOutcome, PackageEvent, WorkerEnd } from '../link.ts';
import { createProcessWorker } from '../server/process-worker.ts';
import type { WorkerLink } from '../server/worker-link.ts';

export interface Published {
  readonly msgType: string;
  /** `msg_id` of the parent. */
  readonly parent: string | undefined;
  readonly content: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
}

export class TestWorker implements AsyncDisposable {
  readonly link: WorkerLink;
  readonly published: Published[] = [];
  /** Written to the descriptors of the process, not through its streams. */
  readonly raw = { stdout: '', stderr: '' };
  readonly ends: WorkerEnd[] = [];
  readonly packages: PackageEvent[] = [];
  /** Answers to questions, in order. */
  readonly answers: (string | null)[] = [];
  readonly questions: { readonly prompt: string; readonly password: boolean }[] = [];
  #count = 0;

  private constructor(folder: string) {
    this.link = createProcessWorker({
      folder,
      listener: {
        publish: ({ msgType, parent, content, buffers = [] }) => {
          this.published.push({ msgType, parent: id(parent), content: parse(content), buffers });
        },
        input: ({ id: question, prompt, password }) => {
          this.questions.push({ prompt, password });
          const answer = this.answers.shift();
          if (answer !== undefined) this.link.answerInput(question, answer);
        },
        asked: async () => null,
        output: (name, bytes) => {
          this.raw[name] += bytes.toString();
        },
        package: (found) => this.packages.push(found),
        ended: (end) => this.ends.push(end),
      },
    });
  }

  /** A worker that is not started yet. */
  static create(folder = process.cwd()): TestWorker {
    return new TestWorker(folder);
  }

  static async start(folder?: string): Promise<TestWorker> {
    const worker = TestWorker.create(folder);
    await worker.link.start();
    return worker;
  }

  /** Runs a cell; its parent's `msg_id` is `cell-N`. */
  run(
    code: string,
    options: {
      readonly allowStdin?: boolean;
      readonly silent?: boolean;
      readonly userExpressions?: Record<string, string>;
    } = {},
  ): Promise<ExecuteOutcome> {
    const count = ++this.#count;
    return this.link.execute({
      parent: Buffer.from(JSON.stringify({ msg_id: `cell-${count}` })),
      code,
      count,
      silent: options.silent ?? false,
      storeHistory: true,
      allowStdin: options.allowStdin ?? true,
      userExpressions: options.userExpressions ?? {},
    });
  }

  /** Runs a cell and gives the text of its result; throws if it failed. */
  async value(code: string): Promise<string | undefined> {
    const outcome = await this.run(code);
    if (outcome.status === 'error') throw new Error(outcome.error?.traceback.join('\n'));
    return outcome.resultText;
  }

  /** All text of a stream, of one cell if it is named. */
  text(name: 'stdout' | 'stderr', parent?: string): string {
    return this.of('stream', parent)
      .filter(({ content }) => content.name === name)
      .map(({ content }) => String(content.text))
      .join('');
  }

  of(msgType: string, parent?: string): Published[] {
    return this.published.filter((one) => one.msgType === msgType && (parent === undefined || one.parent === parent));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.link.stop({ graceMs: 500 });
  }
}

function id(parent: Uint8Array | null): string | undefined {
  return parent === null ? undefined : (parse(parent).msg_id as string);
}

function parse(bytes: Uint8Array): Record<string, unknown> {
  return JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
}
