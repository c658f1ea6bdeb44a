/** Languages that VS Code calls by another name than Jupyter's kernels. */
const EDITOR_NAMES: Readonly<Record<string, string>> = {
  'c++': 'cpp',
  'c#': 'csharp',
  'f#': 'fsharp',
  bash: 'shellscript',
  sh: 'shellscript',
  zsh: 'shellscript',
  ipython: 'python',
};

/** VS Code's name of a kernel's language. */
export function editorLanguage(language: string): string {
  const name = language.toLowerCase();
  return EDITOR_NAMES[name] ?? name;
}

/** Languages that a kernel runs as they are: TypeScript's kernel runs JavaScript too. */
export function runs(kernelLanguage: string, cellLanguage: string): boolean {
  const language = editorLanguage(kernelLanguage);
  if (language === cellLanguage) return true;
  return language === 'typescript' && /^(javascript|typescriptreact|javascriptreact)$/.test(cellLanguage);
}

/** Whether a cell gets the language of a kernel: it has one that its notebook had before, which the kernel does not run. */
export function isToTranslate(cellLanguage: string, before: readonly string[], kernelLanguage: string): boolean {
  return kernelLanguage !== '' && before.includes(cellLanguage) && !runs(kernelLanguage, cellLanguage);
}
