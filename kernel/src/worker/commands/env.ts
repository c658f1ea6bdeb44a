import { inspect } from 'node:util';
import { CommandError, misused } from './command.ts';
import { nameFilter } from './glob.ts';
import { unquoted } from './words.ts';

const SECRET_NAME =
  /TOKEN|SECRET|PASSW|PASSPHRASE|PASSCODE|CREDENTIAL|PRIVATE|COOKIE|AUTHORIZATION|(?:^|_)(?:PASS|AUTH|PW)(?:_KEY|$)|_PWD$|(?:^|_|API|ACCESS)KEYS?(?:_|$)/i;
/** Tokens that say by their beginning what they are, and passwords in addresses. */
const SECRET_VALUE = /^(?:gh[opsur]_|github_pat_|glpat-|npm_|sk-|xox[abp]-|AKIA|eyJ[\w-]+\.)|:\/\/[^/\s:@]*:[^/\s@]+@/;
const MASK = '********';
const USAGE = '%env, %env NAME, %env NAME=VALUE or %env GLOB';

/** Environment variables, with secrets masked: an object that shows itself as lines. */
export class EnvironmentListing {
  [name: string]: string;

  constructor(variables: Readonly<Record<string, string>>) {
    Object.assign(this, variables);
  }

  [inspect.custom](): string {
    const lines = Object.entries(this).map(([name, value]) => `${name}=${value}`);
    return lines.length === 0 ? 'There are no such variables.' : lines.join('\n');
  }
}

/** Those whose names the pattern fits; without one, all. */
export function listEnvironment(pattern = ''): EnvironmentListing {
  const fits = nameFilter(pattern);
  const found = Object.entries(process.env)
    .filter(([name]) => fits(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value = '']) => [name, isSecret(name, value) ? MASK : value]);
  return new EnvironmentListing(Object.fromEntries(found));
}

export function isSecret(name: string, value: string): boolean {
  return value !== '' && (SECRET_NAME.test(name) || SECRET_VALUE.test(value));
}

/** Reads, sets, or with null removes a variable of this process and of those that it starts. */
export function environment(name: string, value?: string | null): string | undefined {
  if (name === '' || /[=\0]/.test(name)) throw misused(`${inspect(name)} is no name of a variable`, USAGE);
  if (value === null) delete process.env[name];
  else if (value !== undefined) process.env[name] = value;
  return process.env[name];
}

/** `%env REST`: what it prints. */
export function envLine(rest: string): string {
  if (rest === '' || /^\S*[*?]\S*$/.test(rest)) return inspect(listEnvironment(rest));
  const equals = rest.indexOf('=');
  const name = (equals < 0 ? rest : rest.slice(0, equals)).trim();
  if (/\s/.test(name)) throw misused(`${inspect(name)} is no name of a variable`, USAGE);
  if (equals >= 0) {
    const value = unquoted(rest.slice(equals + 1).trim());
    environment(name, value);
    return `${name}=${isSecret(name, value) ? MASK : value}`;
  }
  const value = environment(name);
  if (value === undefined) throw new CommandError('ERR_COMMAND_ENV', `There is no environment variable ${name}`);
  return value;
}
