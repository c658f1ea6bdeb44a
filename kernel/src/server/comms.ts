import type { Publication } from '../link.ts';
import { isRecord, parseJson } from './values.ts';

/** Which comms are open, whoever opened them. Spec: "Comms". */
export class Comms {
  readonly #targets = new Map<string, string>();

  open(id: string, target: string): void {
    this.#targets.set(id, target);
  }

  close(id: string): void {
    this.#targets.delete(id);
  }

  has(id: string): boolean {
    return this.#targets.has(id);
  }

  /** The namespace is gone, and every comm with it. */
  clear(): void {
    this.#targets.clear();
  }

  /** The comms of a target, or all: what comm_info_reply says. */
  list(target?: string | null): Record<string, { target_name: string }> {
    const comms: Record<string, { target_name: string }> = {};
    for (const [id, name] of this.#targets) {
      if (target === undefined || target === null || name === target) comms[id] = { target_name: name };
    }
    return comms;
  }

  /** Notes what the user's code opens and closes. */
  observe({ msgType, content }: Publication): void {
    if (msgType !== 'comm_open' && msgType !== 'comm_close') return;
    const said = parseJson(content);
    if (!isRecord(said) || typeof said.comm_id !== 'string') return;
    if (msgType === 'comm_close') this.close(said.comm_id);
    else if (typeof said.target_name === 'string') this.open(said.comm_id, said.target_name);
  }
}
