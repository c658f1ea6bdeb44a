/** A notebook keeps what it had. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

interface Saved {
  readonly cells: readonly {
    readonly outputs?: readonly Record<string, unknown>[];
    readonly execution_count?: number;
  }[];
  readonly metadata: { readonly kernelspec?: { readonly name: string; readonly language?: string } };
}

scenarios('save', {}, (scenario, server) => {
  scenario('saved, reopened, run and saved again: nothing differs', async (workbench) => {
    server().write(
      'kept.ipynb',
      typescriptNotebook(
        { markdown: 'Text' },
        "console.log('printed');\n({ a: 1 })",
        "html('<p>shown</p>')",
        "throw new Error('on purpose')",
      ),
    );
    const notebook = await workbench.openNotebook('kept.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done', 'failed']);
    await notebook.save();
    const first = server().read('kept.ipynb');
    const { cells, metadata }: Saved = JSON.parse(first);
    assert.equal(metadata.kernelspec?.name, 'typescript');
    assert.deepEqual(
      cells.map(({ outputs }) => outputs?.map(({ output_type }) => output_type)),
      [undefined, ['stream', 'execute_result'], ['execute_result'], ['error']],
    );

    await workbench.command('View: Close All Editors');
    await workbench.openNotebook('kept.ipynb');
    assert.equal(await notebook.isDirty(), false);
    await notebook.cell(1).waitForOutput('printed');
    await workbench.command('Elara: Restart Kernel and Run All Cells');
    // VS Code may still know how the cells ended before: only the changes tell that they run again.
    await until('the cells to run again', () => notebook.isDirty(), { page: workbench.page });
    assert.deepEqual(await notebook.ended(), ['done', 'done', 'failed']);
    await notebook.save();
    assert.equal(server().read('kept.ipynb'), first);
  });
});
