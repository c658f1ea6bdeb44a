import { existsSync, globSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { checkOption } from '../check-option.ts';
import { type Command, EXIT_FAILED, EXIT_INTERRUPTED, type Invocation, parse, UsageError } from '../invocation.ts';
import { abortOnSignals } from '../signals.ts';
import { readParameters } from './parameters.ts';
import { durationText } from './progress.ts';
import { type RunPlan, runFile } from './run-file.ts';

const usage = `Usage: elara run [OPTIONS] FILE…

Executes notebooks (.ipynb) and scripts (.ts, .js; cells begin at '// %%' lines), each with a kernel of its own in its
own folder. Progress goes to stderr. The exit code is 1 if a cell fails; what failed is told with notebook, cell, line
and traceback. Without --output or --inplace nothing is written: the files are only checked.

  --output FILE       write the executed notebook there (for one input; also for a script). After an error it holds what
                      ran until then
  --inplace           write each notebook back to its file, if it ran to its end. A run that fails or is killed leaves
                      the file as it was
  --show              print the outputs of the cells too: text as it is, a note for images
  --kernel NAME       this kernel instead of the notebook's
  --allow-errors      go on after cells that fail, and exit with 0
  --check MODE        what cells with type errors do: error (they fail), warn or off; else what the kernel does by itself
  --timeout SECONDS   interrupt a cell that takes longer, which fails it
  --parameters P      FILE with a JSON object, or name=value, JSON or text; may be given several times. They are put in
                      after the cell that is tagged 'parameters'
  --ask               questions of cells are asked on this terminal, or answered by the lines of stdin

Tags of cells: 'skip-execution', 'raises-exception', 'parameters'. A cell may bring answers to its own questions in its
metadata: {"elara": {"answers": ["Ada"]}}. The kernel is the notebook's; for TypeScript and JavaScript it need not be
installed.
`;

const options = {
  output: { type: 'string', short: 'o' },
  inplace: { type: 'boolean' },
  show: { type: 'boolean' },
  kernel: { type: 'string', short: 'k' },
  'allow-errors': { type: 'boolean' },
  check: { type: 'string' },
  timeout: { type: 'string' },
  parameters: { type: 'string', multiple: true, short: 'p' },
  ask: { type: 'boolean' },
} as const;

async function run({ args, entry }: Invocation): Promise<number> {
  const { values, positionals } = parse(args, options, true);
  const files = positionals.flatMap(expand);
  if (files.length === 0) throw new UsageError('Name at least one notebook or script.');
  if (values.output !== undefined && values.inplace) throw new UsageError('Say only one of --output and --inplace.');
  if (values.output !== undefined && files.length > 1) throw new UsageError('--output is for one file: use --inplace.');
  const seconds = values.timeout === undefined ? Number.POSITIVE_INFINITY : Number(values.timeout);
  if (!(seconds > 0)) throw new UsageError(`--timeout takes a number of seconds, not '${values.timeout}'.`);
  using asking = values.ask ? new (await import('./ask.ts')).Asking() : undefined;
  const plan: RunPlan = {
    entry,
    kernel: values.kernel,
    output: values.output,
    inplace: values.inplace ?? false,
    show: values.show ?? false,
    parameters: await readParameters(values.parameters ?? []),
    allowErrors: values['allow-errors'] ?? false,
    check: checkOption(values.check),
    timeoutMs: seconds * 1000,
    keepOutputs: values.output !== undefined || values.inplace === true,
    ask: asking?.ask,
  };
  return await runFiles(files, plan);
}

/** The files that a pattern names, in order: not every shell expands patterns. What names no file is left for its error. */
function expand(pattern: string): string[] {
  if (!/[*?[{]/.test(pattern) || existsSync(pattern)) return [pattern];
  const found = globSync(pattern).sort();
  return found.length > 0 ? found : [pattern];
}

/** Runs one after the other, says what failed, and returns the exit code. */
async function runFiles(files: readonly string[], plan: RunPlan): Promise<number> {
  using ending = abortOnSignals();
  const results: string[] = [];
  let failed = 0;
  for (const file of files) {
    const begin = performance.now();
    const failure = await runFile(file, plan, ending.signal);
    if (ending.signal.aborted) {
      const left = plan.inplace ? `${file} is as it was` : 'nothing was written';
      process.stderr.write(`elara run: interrupted; ${left}\n`);
      return EXIT_INTERRUPTED;
    }
    if (failure !== undefined) {
      failed += 1;
      const coloured = process.stderr.isTTY && !process.env.NO_COLOR;
      process.stderr.write(`elara run: ${coloured ? failure : stripVTControlCharacters(failure)}\n`);
    }
    const took = durationText(performance.now() - begin).padStart(8);
    results.push(`${failure === undefined ? 'ok    ' : 'failed'}  ${took}  ${file}`);
  }
  if (files.length > 1) {
    const summary = `${files.length - failed} of ${files.length} files ran to their end`;
    process.stderr.write(`\n${results.join('\n')}\n${summary}\n`);
  }
  return failed === 0 ? 0 : EXIT_FAILED;
}

export const command: Command = { usage, run };
