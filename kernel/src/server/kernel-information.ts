import type { HelpLink, LanguageInfo } from '@elara/protocol/generated/messages';
import { type ContentOf, PROTOCOL_VERSION } from '@elara/protocol/message';

export const IMPLEMENTATION = 'elara';
export const IMPLEMENTATION_VERSION = '0.1.0';

/** Version of TypeScript whose syntax cells may use. */
export const TYPESCRIPT_VERSION = '6.0.3';

/** Both names run both languages: what differs is how frontends highlight and save the code. */
export type Language = 'typescript' | 'javascript';

// `application/typescript` is the type that JupyterLab and CodeMirror know; a `codemirror_mode` makes it certain.
const LANGUAGES: Readonly<Record<Language, LanguageInfo>> = {
  typescript: {
    name: 'typescript',
    version: TYPESCRIPT_VERSION,
    mimetype: 'application/typescript',
    file_extension: '.ts',
    pygments_lexer: 'typescript',
    codemirror_mode: 'typescript',
    nbconvert_exporter: 'script',
  },
  javascript: {
    name: 'javascript',
    version: process.versions.node,
    mimetype: 'text/javascript',
    file_extension: '.js',
    pygments_lexer: 'javascript',
    codemirror_mode: 'javascript',
    nbconvert_exporter: 'script',
  },
};

const HELP_LINKS: HelpLink[] = [
  { text: 'TypeScript handbook', url: 'https://www.typescriptlang.org/docs/handbook/intro.html' },
  { text: 'JavaScript reference (MDN)', url: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference' },
  { text: 'Node.js documentation', url: 'https://nodejs.org/docs/latest/api/' },
];

/** What kernel_info_reply says. Spec: "kernel_info". */
export function kernelInformation(
  language: Language,
  { debugs = true }: { readonly debugs?: boolean } = {},
): ContentOf<'kernel_info_reply'> & Record<string, unknown> {
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: IMPLEMENTATION,
    implementation_version: IMPLEMENTATION_VERSION,
    language_info: LANGUAGES[language],
    banner: banner(),
    help_links: HELP_LINKS,
    // Deprecated for `supported_features`, and still what some clients read.
    debugger: debugs,
    supported_features: [...(debugs ? ['debugger'] : []), 'kernel subshells'],
  };
}

export function banner(): string {
  return `Elara ${IMPLEMENTATION_VERSION}: TypeScript ${TYPESCRIPT_VERSION} and JavaScript on Node.js ${process.versions.node}`;
}
