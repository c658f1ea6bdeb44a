/** The steps that VS Code shows on its page of welcome. */
export const WALKTHROUGH = {
  id: 'elara.start',
  title: 'Notebooks in TypeScript',
  description: 'Run TypeScript in a Jupyter notebook. Nothing else has to be installed.',
  steps: [
    {
      id: 'new',
      title: 'Make a notebook',
      description:
        'A notebook is a file of cells that you run one by one.\n[New TypeScript Notebook](command:elara.newNotebook)',
      media: { markdown: 'media/walkthrough/new.md' },
      completionEvents: ['onCommand:elara.newNotebook'],
    },
    {
      id: 'run',
      title: 'Run a cell',
      description:
        'Press Shift+Enter. Types are checked beside the run, and what you declare is there for the next cells.',
      media: { markdown: 'media/walkthrough/run.md' },
    },
    {
      id: 'debug',
      title: 'Stop at a line',
      description:
        'Click beside a line number of a cell, and choose *Debug Cell* in the menu beside its run button: steps, variables, conditions and log points are those of the editor.',
      media: { markdown: 'media/walkthrough/debug.md' },
      completionEvents: ['onCommand:elara.debugCell'],
    },
    {
      id: 'kernels',
      title: 'Choose another kernel',
      description:
        'Every installed Jupyter kernel is in the list at the top right of a notebook; kernels that run already can be joined.\n[Connect to a Running Kernel](command:elara.connect)',
      media: { markdown: 'media/walkthrough/kernels.md' },
    },
  ],
} as const;
