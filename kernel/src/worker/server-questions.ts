import type { ServerAnswer, ServerAnswers, ServerQuestion } from '../link.ts';

/** Asks the server for what only it has. */
export class ServerQuestions {
  readonly #send: (question: ServerQuestion) => void;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #last = 0;

  constructor(send: (question: ServerQuestion) => void) {
    this.#send = send;
  }

  /** Rejects where the server has no answer. */
  async ask<About extends keyof ServerAnswers>(
    about: About,
    question: ServerAnswers[About]['question'],
  ): Promise<ServerAnswers[About]['answer']> {
    const id = ++this.#last;
    const answered = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answered);
    this.#send({ op: 'ask', about, id, question } as ServerQuestion);
    return (await answered.promise) as ServerAnswers[About]['answer'];
  }

  told({ id, answer, error }: ServerAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }
}
