/** A notebook in this process: cells that V8 evaluates as the worker does, and what is answered about them. */
import { CellRewriter, ForgottenNames } from '../../language/index.ts';
import type { CompleteOutcome, InspectOutcome, ObjectInfo } from '../../link.ts';
import { ErrorFormatter } from '../errors.ts';
import { LazyFiles } from '../files/lazy.ts';
import { type Completion, Inspector } from '../inspector.ts';
import { installModules } from '../modules.ts';
import { LazyPackages } from '../packages/lazy.ts';
import { Live } from './index.ts';

export interface TestNotebook {
  /** The value of a cell; throws what it throws. */
  run(code: string): Promise<unknown>;
  /** At the end of the code, or at `|`. */
  complete(code: string): Promise<CompleteOutcome>;
  matches(code: string): Promise<readonly string[]>;
  inspect(code: string, detailLevel?: 0 | 1): Promise<InspectOutcome>;
  /** `text/plain` of `inspect`. */
  help(code: string, detailLevel?: 0 | 1): Promise<string>;
  objectInfo(name: string, detailLevel?: 0 | 1): Promise<ObjectInfo>;
}

export function openNotebook(folder: string = import.meta.dirname): TestNotebook {
  const rewriter = new CellRewriter();
  const inspector = new Inspector();
  const errors = new ErrorFormatter();
  let answer: unknown;
  const publisher = { write: () => undefined, publish: () => undefined };
  installModules(
    folder,
    new LazyPackages({ folder: () => folder, publisher, announce: () => undefined }),
    new LazyFiles(),
  );
  const live = new Live({
    folder,
    forgotten: new ForgottenNames(),
    frames: (stack) => errors.frames(stack),
    send: (sent) => {
      answer = 'outcome' in sent ? sent.outcome : undefined;
    },
  });
  let count = 0;

  async function run(code: string): Promise<unknown> {
    count += 1;
    const name = `In[${count}]`;
    const parent = new Uint8Array();
    live.remember({
      op: 'execute',
      id: count,
      parent,
      code,
      count,
      silent: false,
      storeHistory: true,
      allowStdin: false,
      userExpressions: {},
    });
    const { script, position } = rewriter.rewrite({ name, code });
    errors.cells.remember(name, { code, position });
    const completion = await new Promise<Completion>((resolve) => inspector.evaluate(name, script, resolve));
    if (completion.kind === 'value') return completion.value;
    throw completion.kind === 'thrown' ? completion.error : new SyntaxError(JSON.stringify(completion));
  }

  async function complete(code: string): Promise<CompleteOutcome> {
    const cursor = code.includes('|') ? code.indexOf('|') : code.length;
    await live.answer({ op: 'complete', id: 0, code: code.replace('|', ''), cursor });
    return answer as CompleteOutcome;
  }

  async function inspect(code: string, detailLevel: 0 | 1 = 0): Promise<InspectOutcome> {
    const cursor = code.includes('|') ? code.indexOf('|') : code.length;
    await live.answer({ op: 'inspect', id: 0, code: code.replace('|', ''), cursor, detailLevel });
    return answer as InspectOutcome;
  }

  return {
    run,
    complete,
    matches: async (code) => (await complete(code)).matches,
    inspect,
    help: async (code, detailLevel = 0) => String((await inspect(code, detailLevel)).data['text/plain']),
    async objectInfo(name, detailLevel = 0) {
      await live.answer({ op: 'objectInfo', id: 0, name, detailLevel });
      return answer as ObjectInfo;
    },
  };
}
