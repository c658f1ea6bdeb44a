import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../log.ts';

/** Of Node, for our own kernels. */
const OLDEST_MAJOR = 24;

/** For a Node to say its version, in milliseconds. */
const VERSION_MS = 15_000;

const run = promisify(execFile);

/** Of the programs that can run our kernels: to ask one takes longer than all else before a start. */
const versions = new Map<string, string>();

/** A Node that can run our own kernels. */
export interface Node {
  readonly path: string;
  /** Needed where the Node is VS Code itself. */
  readonly env: Readonly<Record<string, string>>;
}

export class NodeError extends Error {
  override readonly name = 'NodeError';
  readonly code = 'ERR_NODE';
}

/** What of this process decides. Tests give their own. */
export interface NodeHost {
  readonly execPath: string;
  /** Of `execPath`: `24.11.0`. */
  readonly version: string;
  readonly electron: boolean;
  readonly path: string;
}

export function thisHost(): NodeHost {
  const { execPath, versions, env } = process;
  return { execPath, version: versions.node, electron: 'electron' in versions, path: env.PATH ?? '' };
}

/**
 * The Node that is named, or else the one that runs the extension, or else the one on `PATH`.
 * @param named The setting `elara.node`; may be empty.
 * @throws NodeError that says what to install or to set
 */
export async function findNode(named: string, host: NodeHost = thisHost()): Promise<Node> {
  if (named !== '') {
    const version = await versionOf(named);
    if (isNewEnough(version)) return { path: named, env: {} };
    throw new NodeError(
      `The setting elara.node names ${named}, which is Node.js ${version}. Elara's kernels need Node.js ${OLDEST_MAJOR} or newer: name another one, or leave the setting empty.`,
    );
  }
  if (isNewEnough(host.version)) {
    return { path: host.execPath, env: host.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {} };
  }
  const onPath = nodeOnPath(host.path);
  const version = onPath === undefined ? undefined : await versionOf(onPath);
  if (onPath !== undefined && version !== undefined && isNewEnough(version)) return { path: onPath, env: {} };
  const found = onPath === undefined ? 'there is none on PATH' : `the one on PATH (${onPath}) is ${version}`;
  throw new NodeError(
    `Elara's kernels need Node.js ${OLDEST_MAJOR} or newer. This VS Code brings ${host.version}, and ${found}. Install a newer Node.js (https://nodejs.org), name it in the setting elara.node, or update VS Code.`,
  );
}

function isNewEnough(version: string): boolean {
  return Number(version.split('.')[0]) >= OLDEST_MAJOR;
}

async function versionOf(node: string): Promise<string> {
  try {
    const file = identityOf(node);
    const known = file === undefined ? undefined : versions.get(file);
    if (known !== undefined) return known;
    const { stdout } = await run(node, ['--version'], {
      timeout: VERSION_MS,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    const [, version] = /^v(\d+\.\d+\.\d+)/.exec(stdout) ?? [];
    if (version !== undefined) {
      if (file !== undefined && isNewEnough(version)) versions.set(file, version);
      return version;
    }
  } catch (error) {
    throw new NodeError(
      `${node} cannot be run (${messageOf(error)}). Name a Node.js ${OLDEST_MAJOR} or newer in the setting elara.node.`,
    );
  }
  throw new NodeError(`${node} is no Node.js. Name a Node.js ${OLDEST_MAJOR} or newer in the setting elara.node.`);
}

/** Another text once the file is another one; undefined for a name that is looked up. */
function identityOf(program: string): string | undefined {
  const file = statSync(program, { throwIfNoEntry: false });
  return file && `${program} ${file.ino} ${file.mtimeMs}`;
}

function nodeOnPath(path: string): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}
