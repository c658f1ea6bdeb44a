/** The values that a setting may have decide its type in the code: see `context.ts`. */
export const SETTINGS = {
  'elara.node': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    markdownDescription:
      "Path of the Node.js (24 or newer) that runs Elara's own kernels. Empty: the Node that VS Code brings, where it is new enough, or else the one on `PATH`.",
  },
  'elara.typeCheck': {
    type: 'string',
    enum: ['warn', 'error', 'off'],
    default: 'warn',
    scope: 'resource',
    markdownDescription: 'What a cell of a TypeScript kernel does when it has type errors.',
    markdownEnumDescriptions: [
      'It runs, and the errors are shown below it.',
      'It does not run and fails with the errors.',
      'It runs unchecked.',
    ],
  },
  'elara.diagnostics': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    markdownDescription:
      'Show the type errors of cells while you write them. They come from the kernel, which knows what the other cells declare.',
  },
  'elara.outputLimit': {
    type: 'number',
    default: 4,
    minimum: 0.1,
    scope: 'resource',
    markdownDescription:
      'How long a text in the output of a cell may be, in MB. Of a longer one the notebook has the beginning and the end; all of it can be opened from the bar below the cell.',
  },
  'elara.saveWidgets': {
    type: 'boolean',
    default: false,
    scope: 'resource',
    markdownDescription:
      'Save the state of widgets with the notebook, so that they are shown when it is opened again, before its cells are run.',
  },
  'elara.startTimeout': {
    type: 'number',
    default: 60,
    minimum: 5,
    scope: 'machine-overridable',
    markdownDescription: 'How long a kernel may take to start, in seconds.',
  },
  'elara.restartOnDeath': {
    type: 'boolean',
    default: false,
    scope: 'window',
    markdownDescription:
      'Start a kernel anew when its process dies. Its variables are gone then, as after any restart.',
  },
  'elara.idleTimeout': {
    type: 'number',
    default: 0,
    minimum: 0,
    scope: 'window',
    markdownDescription: 'Shut a kernel down when it has run nothing for so many minutes. `0`: never.',
  },
  'elara.unattendedTimeout': {
    type: 'number',
    default: 720,
    minimum: 0,
    scope: 'window',
    markdownDescription:
      'Shut a kernel down when it has run nothing for so many minutes and no window of VS Code is attached to it. `0`: never.',
  },
  'elara.kernelsOnClose': {
    type: 'string',
    enum: ['ask', 'keep', 'end'],
    default: 'ask',
    scope: 'application',
    markdownDescription:
      'What becomes of kernels when VS Code is closed. They always survive "Reload Window": only a minute after the last window has left does a kernel end.',
    markdownEnumDescriptions: [
      'They go on, and you are asked when you come back.',
      'They go on, until they are idle for as long as `#elara.unattendedTimeout#` says.',
      'They are shut down.',
    ],
  },
} as const;

export type SettingId = keyof typeof SETTINGS;
