/** The languages that our kernel speaks, each a kernelspec of its own. */
export const LANGUAGES = ['typescript', 'javascript'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(name: string): name is Language {
  return name === 'typescript' || name === 'javascript';
}
