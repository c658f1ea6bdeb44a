export const VIEWS = {
  'elara.kernels': { name: 'Kernels', icon: '$(server-process)' },
  'elara.variables': { name: 'Variables', icon: '$(symbol-variable)' },
  'elara.historyView': { name: 'History', icon: '$(history)' },
} as const;

export type ViewId = keyof typeof VIEWS;
