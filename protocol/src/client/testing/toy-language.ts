import { spawn } from 'node:child_process';

/** What a kernel offers to the code that it runs, and all that a language needs of a kernel. */
export interface ToyIo {
  say(text: string): void;
  show(text: string): void;
  ask(prompt: string, password: boolean): Promise<string>;
  /** Aborts when the code is interrupted. */
  readonly interrupted: AbortSignal;
}

/** An error of the user's code. */
export class ToyError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** A language whose lines are commands: just enough to cause everything that a client has to handle. */
export async function runToy(code: string, io: ToyIo): Promise<void> {
  for (const line of code.split('\n')) {
    const [, command = '', argument = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
    await runLine(command, argument, io);
  }
}

async function runLine(command: string, argument: string, io: ToyIo): Promise<void> {
  switch (command) {
    case 'say':
      return io.say(`${argument}\n`);
    case 'flood':
      for (let line = 0; line < Number(argument); line += 1) io.say(`${line}\n`);
      return;
    case 'show':
      return io.show(argument);
    case 'env':
      return io.say(process.env[argument] ?? 'unset');
    case 'cwd':
      return io.say(process.cwd());
    case 'ask':
    case 'password':
      return io.say(`you said ${JSON.stringify(await io.ask(argument, command === 'password'))}\n`);
    case 'wait':
      return waited(Number(argument), io.interrupted);
    case 'fail':
      throw new ToyError(argument, `failed as ${argument}`);
    case 'child': {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      return io.say(String(child.pid));
    }
    case 'stubborn':
      process.on('SIGTERM', () => undefined);
      return;
    case 'exit':
      process.exit(Number(argument));
      break;
    case '':
      return;
    default:
      throw new ToyError('UnknownCommand', command);
  }
}

function waited(ms: number, interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    interrupted.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new ToyError('Interrupted', 'the code was interrupted'));
    });
  });
}
