/**
 * Measures Elara beside its peers in one run, with one client, taking turns: `npm run bench -- [OPTIONS]`.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installNpmPeers, installPythonPeers } from '../../test/peers/install.ts';
import { extensionAsText, measureExtension } from './extension.ts';
import { allKernels } from './kernels.ts';
import { measures } from './measures/index.ts';
import { asJson, asText } from './report.ts';
import { failed, Results } from './results.ts';
import { runOnce } from './run.ts';

const help = `Usage: npm run bench -- [OPTIONS]

Starts Elara, Deno, tslab and ipykernel in turn and prints what they measured, side by side.

  --only NAMES      kernels to measure, with commas (elara,deno,tslab,ipykernel)
  --measures KEYS   rows to measure, with commas (${measures.map(({ key }) => key).join(',')})
  --repeat N        runs of each kernel; the table shows medians (3)
  --argv COMMAND    the command of the kernel that is called elara; {connection_file} stands for its connection file
  --extension       measures the extension inside VS Code too
  --beside FILE     and beside it the notebook extension of this .vsix, with the same kernel: Microsoft's Jupyter extension
  --json FILE       writes the figures there too
`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    measures: { type: 'string' },
    repeat: { type: 'string', default: '3' },
    argv: { type: 'string' },
    extension: { type: 'boolean', default: false },
    beside: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

function chosen<T>(all: readonly T[], nameOf: (item: T) => string, names: string | undefined): T[] {
  const wanted = names?.split(',') ?? all.map(nameOf);
  const unknown = wanted.filter((name) => !all.some((item) => nameOf(item) === name));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Known: ${all.map(nameOf).join(', ')}.`);
  return all.filter((item) => wanted.includes(nameOf(item)));
}

if (options.help) {
  console.log(help);
} else {
  const kernels = chosen(allKernels(options.argv?.split(' ')), ({ name }) => name, options.only);
  const rows = chosen(measures, ({ key }) => key, options.measures);
  const repeat = Number(options.repeat);
  if (!Number.isInteger(repeat) || repeat < 1)
    throw new Error(`--repeat ${options.repeat}: a whole number from 1 is needed.`);
  if (kernels.some(({ name }) => name === 'deno' || name === 'tslab')) installNpmPeers();
  if (kernels.some(({ name }) => name === 'ipykernel')) installPythonPeers();

  const results = new Results();
  for (let run = 1; run <= repeat; run++) {
    for (const kernel of kernels) {
      console.error(`run ${run} of ${repeat}: ${kernel.name}`);
      await runOnce(kernel, rows, results);
    }
  }
  const report = { kernels: kernels.map(({ name }) => name), rows, repeat, results };
  console.log(`\n${asText(report)}`);
  const extension = options.extension || options.beside !== undefined ? measureExtension(options.beside) : undefined;
  if (extension) {
    const execute = results.of('elara', 'execute');
    console.log(`\n${extensionAsText(extension, failed(execute) ? undefined : execute.p50)}`);
  }
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ ...asJson(report), extension }, null, 2)}\n`);
}
