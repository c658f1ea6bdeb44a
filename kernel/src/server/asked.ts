import type { ServerAnswers, ServerQuestion } from '../link.ts';

type Answerer<About extends keyof ServerAnswers> = (
  question: ServerAnswers[About]['question'],
) => ServerAnswers[About]['answer'] | Promise<ServerAnswers[About]['answer']>;

/** What answers the questions of the worker to the server: each room says what it answers. */
export class Asked {
  readonly #answerers = new Map<string, ((question: never) => unknown)[]>();

  /** Of several that hear the same question, the last answers. */
  on<About extends keyof ServerAnswers>(about: About, answerer: Answerer<About>): void {
    this.#answerers.set(about, [...(this.#answerers.get(about) ?? []), answerer]);
  }

  async answer({ about, question }: ServerQuestion): Promise<unknown> {
    const answerers = this.#answerers.get(about) ?? [];
    if (answerers.length === 0) throw new Error(`This kernel has no answer to questions about ${about}.`);
    let answer: unknown;
    for (const one of answerers) answer = await one(question as never);
    return answer;
  }
}
