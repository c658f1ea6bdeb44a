/** Our client drives kernels that say less of themselves than the protocol asks for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMessage, launchKernel } from '@elara/protocol/client/index';
import { temporaryFolder } from '@elara/protocol/client/testing/temporary-folder';
import type { KernelSpec } from '@elara/protocol/kernelspec';
import { python, tslabScript } from '../../peers/paths.ts';

process.env.JUPYTER_RUNTIME_DIR = temporaryFolder();

const KERNELS: readonly {
  readonly missing: string;
  readonly spec: KernelSpec;
  readonly code: string;
  readonly wrong: string;
}[] = [
  {
    missing: 'the version of its language',
    spec: {
      argv: [python, '-m', 'bash_kernel', '-f', '{connection_file}'],
      display_name: 'Bash',
      language: 'bash',
      env: { PS1: '$' },
    },
    code: 'echo $((6 * 7))',
    wrong: 'ls /nowhere',
  },
  {
    missing: 'its status and what its errors are',
    spec: {
      argv: [process.execPath, tslabScript, 'kernel', '--config-path={connection_file}'],
      display_name: 'tslab',
      language: 'typescript',
    },
    code: '6 * 7',
    wrong: "throw new Error('x')",
  },
];

for (const { spec, missing, code, wrong } of KERNELS) {
  test(`${spec.display_name}, which leaves out ${missing}, is started, runs code, and says that code failed`, async () => {
    await using kernel = await launchKernel({ spec });
    let text = '';
    for await (const message of kernel.client.execute(code))
      if (isMessage(message, 'stream')) text += message.content.text;
    assert.equal(text.trim(), '42');
    const reply = await kernel.client.execute(wrong).done;
    assert.equal(reply.status, 'error');
  });
}
