/** How a language is written in a file of its own. */
interface Language {
  readonly extension: string;
  /** What begins a comment. */
  readonly comment: string;
  /** As Markdown's fences name it; the same as VS Code's if absent. */
  readonly fence?: string;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  typescript: { extension: 'ts', comment: '//', fence: 'ts' },
  typescriptreact: { extension: 'tsx', comment: '//', fence: 'tsx' },
  javascript: { extension: 'js', comment: '//', fence: 'js' },
  javascriptreact: { extension: 'jsx', comment: '//', fence: 'jsx' },
  python: { extension: 'py', comment: '#' },
  r: { extension: 'r', comment: '#' },
  julia: { extension: 'jl', comment: '#' },
  ruby: { extension: 'rb', comment: '#' },
  shellscript: { extension: 'sh', comment: '#', fence: 'sh' },
  powershell: { extension: 'ps1', comment: '#' },
  perl: { extension: 'pl', comment: '#' },
  lua: { extension: 'lua', comment: '--' },
  haskell: { extension: 'hs', comment: '--' },
  sql: { extension: 'sql', comment: '--' },
  java: { extension: 'java', comment: '//' },
  kotlin: { extension: 'kts', comment: '//' },
  scala: { extension: 'scala', comment: '//' },
  go: { extension: 'go', comment: '//' },
  rust: { extension: 'rs', comment: '//' },
  c: { extension: 'c', comment: '//' },
  cpp: { extension: 'cpp', comment: '//' },
  csharp: { extension: 'csx', comment: '//' },
  fsharp: { extension: 'fsx', comment: '//' },
};

const UNKNOWN: Language = { extension: 'txt', comment: '#' };

export function languageOf(id: string): Language {
  return Object.hasOwn(LANGUAGES, id) ? (LANGUAGES[id] ?? UNKNOWN) : UNKNOWN;
}

export function fenceOf(id: string): string {
  return languageOf(id).fence ?? id;
}
