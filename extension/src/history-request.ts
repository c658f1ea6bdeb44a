import type { Kernel, KernelMessage } from '@jupyterlab/services';

/** Something that a kernel was given to run, now or in an earlier session. */
export interface HistoryEntry {
  /** Number of the session, as the kernel counts them. */
  readonly session: number;
  /** Number of the cell in it. */
  readonly line: number;
  readonly code: string;
}

/** Entries that are asked for. */
const MOST = 2000;

export type Connection = Pick<Kernel.IKernelConnection, 'requestHistory'>;

/** Answers that are awaited. */
const awaited = new WeakMap<Connection, Promise<HistoryEntry[]>>();

/**
 * As `requestHistory`. Most kernels tell it when their cell is done: who asks meanwhile gets the same answer, so that no
 * questions pile up.
 */
export function requestHistoryOnce(connection: Connection): Promise<HistoryEntry[]> {
  const there = awaited.get(connection);
  if (there !== undefined) return there;
  const answer = requestHistory(connection).finally(() => awaited.delete(connection));
  awaited.set(connection, answer);
  return answer;
}

/** What a kernel has run, newest first, each text once, where it was run last. Spec: messaging, "History". */
export async function requestHistory(connection: Connection): Promise<HistoryEntry[]> {
  const { content } = await asked(connection);
  if (content.status !== 'ok') throw new Error('The kernel does not give its history.');
  return latest(content.history.flatMap(entryFrom));
}

async function asked(connection: Connection): Promise<KernelMessage.IHistoryReplyMsg> {
  try {
    return await connection.requestHistory({ hist_access_type: 'tail', n: MOST, output: false, raw: true });
  } catch (cause) {
    throw new Error('The kernel ended or was restarted before it told its history.', { cause });
  }
}

function entryFrom([session, line, told]: readonly [number, number, string | readonly string[]]): HistoryEntry[] {
  // Some kernels give the output too, though nobody asked.
  const code = typeof told === 'string' ? told : told[0];
  return code === undefined || code.trim() === '' ? [] : [{ session, line, code }];
}

/** @param entries Oldest first. */
function latest(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const byCode = new Map<string, HistoryEntry>();
  for (const entry of entries.toReversed()) if (!byCode.has(entry.code)) byCode.set(entry.code, entry);
  return [...byCode.values()];
}

/** The entries that have a text in them, in whatever case. */
export function searchHistory(entries: readonly HistoryEntry[], sought: string): readonly HistoryEntry[] {
  const text = sought.toLowerCase();
  return text === '' ? entries : entries.filter(({ code }) => code.toLowerCase().includes(text));
}
