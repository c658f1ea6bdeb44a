import { GatewayError } from './errors.ts';

/** Where an interpreter runs, and how: `popen//node=/usr/bin/node//chdir=/data//env:NAME=value`. */
export interface GatewaySpec {
  readonly kind: 'popen';
  readonly id?: string;
  /** Path or name of the Node to start. Default: the one that runs this process. */
  readonly node?: string;
  /** Working directory; made if it is missing. */
  readonly chdir?: string;
  /** Niceness to add (POSIX). */
  readonly nice?: number;
  readonly env: Readonly<Record<string, string>>;
}

const KINDS = new Set(['popen']);
const OPTIONS = new Set(['id', 'node', 'chdir', 'nice']);

/**
 * Reads a spec string: parts separated by `//`, the first names the kind, the rest are `key=value`.
 *
 * @throws GatewayError ERR_SPEC for an unknown kind or option, a duplicate key, or a value that does not fit.
 */
export function parseSpec(text: string): GatewaySpec {
  const [kind, ...parts] = text.split('//');
  if (kind === undefined || !KINDS.has(kind))
    throw invalid(text, `unknown kind '${kind}', expected ${[...KINDS].join(', ')}`);
  const options = new Map<string, string>();
  const env: Record<string, string> = {};
  for (const part of parts) {
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? '' : part.slice(equals + 1);
    if (key.startsWith('env:')) {
      const name = key.slice('env:'.length);
      if (name === '' || Object.hasOwn(env, name)) throw invalid(text, `'${key}' is given twice or has no name`);
      env[name] = value;
      continue;
    }
    if (!OPTIONS.has(key))
      throw invalid(text, `unknown option '${key}', expected ${[...OPTIONS].join(', ')} or env:NAME`);
    if (value === '') throw invalid(text, `'${key}' needs a value`);
    if (options.has(key)) throw invalid(text, `'${key}' is given twice`);
    options.set(key, value);
  }
  const nice = options.get('nice');
  if (nice !== undefined && !/^[+-]?\d+$/.test(nice))
    throw invalid(text, `'nice' must be a whole number, not '${nice}'`);
  const id = options.get('id');
  const node = options.get('node');
  const chdir = options.get('chdir');
  return {
    kind: 'popen',
    ...(id !== undefined && { id }),
    ...(node !== undefined && { node }),
    ...(chdir !== undefined && { chdir }),
    ...(nice !== undefined && { nice: Number(nice) }),
    env,
  };
}

function invalid(text: string, reason: string): GatewayError {
  return new GatewayError('ERR_SPEC', `Gateway spec '${text}' is not valid: ${reason}.`);
}
