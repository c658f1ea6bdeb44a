/** The code of the documentation runs, and gives what the pages say: the blocks of a page are the cells of one kernel. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { DisplayIds, OutputArea } from '@elara/kernel/cli/nbformat/output-area';
import { TestRegistry } from '@elara/kernel/worker/packages/testing/registry';
import { KernelLauncher, type RunningKernel } from '@elara/protocol/client/index';
import { parentId } from '@elara/protocol/message';
import { type DocBlock, docBlocks } from './doc-page.ts';

const ROOT = join(import.meta.dirname, '../..');
const ELARA = join(ROOT, 'kernel/src/cli/elara.ts');
// Their code is not all for cells: docs/cli.md has scripts, docs/comms.md the frontend's side.
const pages = globSync(['README.md', 'docs/*.md'], { cwd: ROOT, exclude: ['docs/cli.md', 'docs/comms.md'] }).sort();

let folder: string;
let registry: TestRegistry;
let env: Record<string, string>;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elara-docs-'));
  registry = await TestRegistry.start({ modules: join(ROOT, 'node_modules') });
  // A machine on which `elara install` was run, and nothing else.
  env = {
    ...registry.env,
    JUPYTER_PATH: join(folder, 'share/jupyter'),
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    JUPYTER_DATA_DIR: join(folder, 'data'),
  };
  execFileSync(process.execPath, [ELARA, 'install', '--prefix', folder]);
});
after(async () => {
  await registry[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

for (const page of pages) {
  const blocks = docBlocks(await readFile(join(ROOT, page), 'utf8'));
  if (blocks.length === 0) continue;
  describe(page, () => {
    let launcher: KernelLauncher;
    let running: PageRun;
    before(async () => {
      launcher = new KernelLauncher();
      const kernel = await launcher.launch({
        name: 'typescript',
        cwd: ROOT,
        env,
        host: { env: { ...process.env, ...env } },
      });
      running = await runPage(kernel, blocks);
    });
    after(() => launcher[Symbol.asyncDispose]());

    for (const [index, { line, expected }] of blocks.entries()) {
      test(`the code at line ${line}`, () => {
        const { text, failed } = running(index);
        if (expected === undefined) assert.ok(!failed, text);
        // A page may leave out the rest.
        else if (expected.endsWith('\n…')) assert.equal(`${text.slice(0, expected.length - 1)}…`, expected);
        else assert.equal(text, expected);
      });
    }
  });
}

/** What came of the block at an index, late output included. */
type PageRun = (index: number) => { readonly text: string; readonly failed: boolean };

async function runPage(kernel: RunningKernel, blocks: readonly DocBlock[]): Promise<PageRun> {
  const displays = new DisplayIds();
  const areas = blocks.map(() => new OutputArea(displays));
  const byRequest = new Map<string, OutputArea>();
  using _listener = kernel.client.onIopub((message) => byRequest.get(parentId(message) ?? '')?.accept(message));
  for (const [index, { code, answers }] of blocks.entries()) {
    const left = answers.values();
    const execution = kernel.client.execute(code, {
      stopOnError: false,
      timeoutMs: 20_000,
      ...(answers.length > 0 && { onInput: async () => left.next().value ?? '' }),
    });
    const area = areas[index];
    if (area !== undefined) byRequest.set(execution.msgId, area);
    await execution.done;
  }
  return (index) => textOf(areas[index]);
}

function textOf(area: OutputArea | undefined): { text: string; failed: boolean } {
  const outputs = area?.outputs() ?? [];
  const parts = outputs.map((output) => {
    switch (output.output_type) {
      case 'stream':
        return [output.text].flat().join('');
      case 'error':
        return `${stripVTControlCharacters(output.traceback.join('\n'))}\n`;
      default:
        return `${output.data['text/plain'] ?? Object.keys(output.data).join(', ')}\n`;
    }
  });
  return { text: parts.join('').trimEnd(), failed: outputs.some(({ output_type }) => output_type === 'error') };
}
