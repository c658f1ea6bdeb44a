import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type AttachOptions, attachKernel } from '@elara/protocol/client/attach';
import { KernelTimeoutError } from '@elara/protocol/client/errors';
import { readConnectionFile } from '@elara/protocol/connection';
import { ProtocolError } from '@elara/protocol/errors';
import { runtimeDir } from '@elara/protocol/paths';
import { heartBeats } from '../transport/heart-beats.ts';
import { KernelsError } from './host.ts';

/** For a heartbeat when looking for kernels that run, in milliseconds. */
const LOOK_MS = 1000;

/** For the answers of a kernel that somebody wants, in milliseconds. */
const TRY_MS = 10_000;

/** A kernel that runs, by its connection file. */
export interface RunningFile {
  readonly file: string;
  /** Of its kernelspec, where the file says it. */
  readonly kernelName: string | undefined;
  /** When the file was written, in milliseconds since the epoch. */
  readonly writtenAt: number;
}

/**
 * The kernels that answer, latest first: those of the runtime folder, and of other files that are known.
 * @param others Files anywhere.
 * @param known Files of kernels that need not be looked for.
 */
export async function runningFiles(others: readonly string[], known: ReadonlySet<string>): Promise<RunningFile[]> {
  const folder = runtimeDir();
  const files = (await connectionFilesIn(folder)).map((name) => join(folder, name));
  const unknown = [...new Set([...files, ...others])].filter((file) => !known.has(file));
  const found = await Promise.all(unknown.map(look));
  return found.filter((file) => file !== undefined).sort((a, b) => b.writtenAt - a.writtenAt);
}

async function look(file: string): Promise<RunningFile | undefined> {
  try {
    const info = await readConnectionFile(file, { onTooOpen: () => undefined });
    if (!(await heartBeats(info, LOOK_MS))) return undefined;
    return { file, kernelName: info.kernel_name || undefined, writtenAt: (await stat(file)).mtimeMs };
  } catch {
    // Half written, or not a connection file, or gone meanwhile: no kernel that could be offered.
    return undefined;
  }
}

async function connectionFilesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^kernel-.*\.json$/.test(name));
  } catch {
    // The runtime folder is made by the first kernel.
    return [];
  }
}

/**
 * Tries whether the file is that of a kernel that runs, and whether it bears the right key.
 * @throws ProtocolError, KernelNotRunningError, KernelsError: each says what is wrong with the file.
 */
export async function tryConnectionFile(file: string, timeoutMs = TRY_MS): Promise<void> {
  const refused = Promise.withResolvers<never>();
  refused.promise.catch(() => undefined);
  const giveUp = new AbortController();
  const options: AttachOptions = {
    timeoutMs,
    onTooOpen: () => undefined,
    signal: giveUp.signal,
    client: {
      onDropped: (error) => {
        if (error instanceof ProtocolError && error.code === 'ERR_SIGNATURE') refused.reject(wrongKey(file, error));
      },
    },
  };
  const attached = attachKernel(file, options);
  try {
    (await Promise.race([attached, refused.promise])).close();
  } catch (error) {
    // Where the signature is what is wrong, the attempt would go on in vain until its bound.
    giveUp.abort();
    attached.catch(() => undefined);
    if (!(error instanceof KernelTimeoutError)) throw error;
    throw new KernelsError(
      'ERR_NO_KERNEL',
      `A kernel runs where ${file} says, and does not answer. Either the key in the file is not its key, because the file is an old one: choose another. Or it is busy, and can be asked when it is done.`,
      { cause: error },
    );
  }
}

function wrongKey(file: string, cause: Error): KernelsError {
  return new KernelsError(
    'ERR_NO_KERNEL',
    `A kernel runs where ${file} says, but the key in the file is not its key: the file is an old one, and its ports are those of another kernel now. Choose the file of a kernel that runs.`,
    { cause },
  );
}

/** True if the file lies in one of the folders. */
export function isWithin(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const path = relative(folder, file);
    return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !/^([a-z]:|[\\/])/i.test(path);
  });
}
