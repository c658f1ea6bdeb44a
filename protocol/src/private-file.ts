/** Files that bear a key: readable by their owner only, never seen half written. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ProtocolError } from './errors.ts';

/** Bits by which others than the owner can read, write or run. */
const OTHERS = 0o077;

export interface ReadOptions {
  /**
   * Told when others than the owner can read the file, which is then read all the same. Without it, that is an error.
   */
  readonly onTooOpen?: (error: ProtocolError) => void;
}

/** The errno code of a failed system call, such as `ENOENT`. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}

/** jupyter_core's opt-out, for file systems that know no permissions (network shares, mounted volumes). */
function permissionsMatter(): boolean {
  const insecure = process.env.JUPYTER_ALLOW_INSECURE_WRITES?.toLowerCase();
  // Windows has no such bits: the runtime folder's access list is the user's own.
  return process.platform !== 'win32' && insecure !== 'true' && insecure !== '1';
}

/**
 * The text of a private file.
 * @param what What the file is, for errors: `connection file`.
 * @throws ProtocolError ERR_FILE_MISSING, ERR_FILE_UNREADABLE, ERR_FILE_PERMISSIONS
 */
export async function readPrivateFile(file: string, what: string, options: ReadOptions = {}): Promise<string> {
  const { text, mode } = await read(file, what);
  if ((mode & OTHERS) !== 0 && permissionsMatter()) {
    const bits = (mode & 0o777).toString(8).padStart(4, '0');
    const error = new ProtocolError(
      'ERR_FILE_PERMISSIONS',
      `${what} ${file} bears a key and others can use it (mode ${bits}): run chmod 600 on it, or set ` +
        'JUPYTER_ALLOW_INSECURE_WRITES=true where the file system knows no permissions',
    );
    if (options.onTooOpen === undefined) throw error;
    options.onTooOpen(error);
  }
  return text;
}

async function read(file: string, what: string): Promise<{ text: string; mode: number }> {
  try {
    const { mode } = await stat(file);
    return { text: await readFile(file, 'utf8'), mode };
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') {
      throw new ProtocolError(
        'ERR_FILE_MISSING',
        `${what} ${file} does not exist: the kernel has ended, or the path is wrong`,
        { cause },
      );
    }
    throw new ProtocolError('ERR_FILE_UNREADABLE', `${what} ${file} cannot be read (${codeOf(cause)})`, { cause });
  }
}

/**
 * Writes a private file, mode 0600, in one step: a reader sees the old text, the new one or no file. Makes its folder
 * (0700) where there is none.
 * @throws ProtocolError ERR_FILE_UNREADABLE, ERR_FILE_PERMISSIONS where the file system did not keep the mode.
 */
export async function writePrivateFile(file: string, text: string, what: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      // The process's umask may have taken bits that the owner needs.
      await handle.chmod(0o600);
      checkMode((await handle.stat()).mode, file, what);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await removeLeftover(temporary);
    if (cause instanceof ProtocolError) throw cause;
    throw new ProtocolError('ERR_FILE_UNREADABLE', `${what} ${file} cannot be written (${codeOf(cause)})`, { cause });
  }
}

function checkMode(mode: number, file: string, what: string): void {
  if ((mode & OTHERS) === 0 || !permissionsMatter()) return;
  throw new ProtocolError(
    'ERR_FILE_PERMISSIONS',
    `${what} ${file} would be open to others: its file system knows no permissions. Choose another folder ` +
      '(JUPYTER_RUNTIME_DIR), or accept it with JUPYTER_ALLOW_INSECURE_WRITES=true',
  );
}

async function removeLeftover(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    // Its folder is no folder, or read-only: then it was never made. Anything else is worth knowing.
    if (!['ENOTDIR', 'EROFS', 'EACCES', 'EPERM'].includes(codeOf(error))) throw error;
  }
}
