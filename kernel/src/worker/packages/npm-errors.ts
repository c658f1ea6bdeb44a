import { PackageError, type PackageErrorCode } from '../../packages/errors.ts';
import type { NpmEnd } from './npm-process.ts';

/** What npm says went wrong, with `--json`. */
interface NpmError {
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
}

const OFFLINE =
  /^(?:ENOTFOUND|ECONN\w+|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ENOTCACHED|ERR_SOCKET_TIMEOUT|FETCH_ERROR|E5\d\d|E429|.*CERT.*)$/;

/** What npm ended with, as an error that says what to do. `what` is what was asked for: `lodash@4`. */
export function npmError(what: string, end: NpmEnd): PackageError {
  const { code, summary, detail } = errorOf(end);
  const said = firstLine(summary);
  const error = (kind: PackageErrorCode, message: string): PackageError => new PackageError(kind, message);
  if (OFFLINE.test(code)) {
    return error(
      'ERR_NPM_OFFLINE',
      `The registry did not answer (${said}), and is needed for ${what}. Try again when it can be reached; 'npm config get registry' says which one is asked, and 'npm config list' through which proxy.`,
    );
  }
  switch (code) {
    case 'E404': {
      const missing = /'((?:@[^/]+\/)?[^@']+)@/.exec(detail)?.[1] ?? what;
      return error(
        'ERR_NPM_NO_PACKAGE',
        `The registry has no package '${missing}' (${said}). Look at the spelling; a private package needs its registry in your .npmrc, and a login there ('npm login').`,
      );
    }
    case 'ETARGET':
    case 'ENOVERSIONS':
      return error('ERR_NPM_NO_VERSION', `${said} 'npm view ${nameOf(what)} versions' lists those that there are.`);
    case 'E401':
    case 'E403':
    case 'ENEEDAUTH':
      return error(
        'ERR_NPM_DENIED',
        `The registry does not give ${what}: ${said}. Log in with 'npm login' in a terminal.`,
      );
    case 'ERESOLVE':
      return error(
        'ERR_NPM_FAILED',
        `What ${what} depends on does not go together: ${said}. '%npm install --legacy-peer-deps ${what}' ignores what packages say of each other.`,
      );
    case 'ENOSPC':
      return error('ERR_NPM_FAILED', `There is no room on the disk for ${what}.`);
    default:
      return error('ERR_NPM_FAILED', `npm has failed at '${what}': ${code === '' ? '' : `${code}: `}${said}`);
  }
}

function errorOf({ code, stdout, stderr }: NpmEnd): NpmError {
  const start = stdout.indexOf('{');
  if (start >= 0) {
    try {
      const { error }: { error?: Partial<NpmError> } = JSON.parse(stdout.slice(start));
      if (error !== undefined)
        return { code: error.code ?? '', summary: error.summary ?? '', detail: error.detail ?? '' };
    } catch {
      // npm was cut off, or something else has written there: its log says it too.
    }
  }
  const lines = stderr.split('\n').filter((line) => /^npm (?:error|ERR!)/.test(line));
  const texts = lines.map((line) => line.replace(/^npm (?:error|ERR!) ?/, ''));
  return {
    code: texts.find((text) => text.startsWith('code '))?.slice('code '.length) ?? '',
    summary: texts.find((text) => !text.startsWith('code ')) ?? (stderr.trim() || `it ended with code ${code}`),
    detail: texts.join('\n'),
  };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim();
}

function nameOf(what: string): string {
  return what.replace(/(.)@[^/]*$/, '$1');
}
