import { Emitter } from '../../emitter.ts';
import { messageOf } from '../../log.ts';
import { oneAtATime } from '../../one-at-a-time.ts';
import type { KernelsHost } from '../host.ts';
import type { KernelSource, RunningKernel } from '../kernel.ts';
import type { Sources } from '../sources.ts';
import { JupyterServer } from './jupyter-server.ts';
import { parseServerAddress } from './server-address.ts';

/** The addresses of the servers; their tokens are secrets. */
const SERVERS = 'elara.servers';

const secretOf = (url: string): string => `elara.server ${url}`;

/** The Jupyter servers that the user has connected to. */
export class JupyterServers implements Sources {
  readonly #host: KernelsHost;
  readonly #changed = new Emitter<void>();
  #disposed = false;
  readonly #sources = new Map<string, readonly KernelSource[]>();
  readonly #looks = new Map<string, () => Promise<void>>();

  constructor(host: KernelsHost) {
    this.#host = host;
  }

  /** Addresses, latest first. */
  get urls(): readonly string[] {
    return this.#host.memory.get<readonly string[]>(SERVERS) ?? [];
  }

  get sources(): readonly KernelSource[] {
    return this.urls.flatMap((url) => this.#sources.get(url) ?? []);
  }

  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  /**
   * Tries the server, and remembers it.
   * @param address Of the server or a page of it; may bear the token.
   * @param token Where the address bears none.
   * @throws KernelsError ERR_SERVER
   */
  async add(address: string, token = ''): Promise<readonly KernelSource[]> {
    const parsed = parseServerAddress(address);
    const known = { url: parsed.url, token: parsed.token || token };
    const sources = await new JupyterServer(known, this.#host, this.#refreshing(parsed.url)).sources();
    const { secrets, memory } = this.#host;
    if (known.token === '') await secrets.delete(secretOf(known.url));
    else await secrets.store(secretOf(known.url), known.token);
    await memory.update(SERVERS, [known.url, ...this.urls.filter((url) => url !== known.url)]);
    this.#sources.set(known.url, sources);
    this.#changed.fire();
    return sources;
  }

  async forget(url: string): Promise<void> {
    await this.#host.secrets.delete(secretOf(url));
    await this.#host.memory.update(
      SERVERS,
      this.urls.filter((one) => one !== url),
    );
    this.#sources.delete(url);
    this.#changed.fire();
  }

  async refresh(): Promise<void> {
    await Promise.all(this.urls.map((url) => this.#look(url)));
  }

  async reattach(id: string): Promise<RunningKernel | undefined> {
    const [, url, kernelId] = /^server:(.*)#kernel:(.*)$/.exec(id) ?? [];
    if (url === undefined || kernelId === undefined || !this.urls.includes(url)) return undefined;
    return (await this.#server(url)).reattach(kernelId);
  }

  dispose(): void {
    this.#disposed = true;
  }

  #look(url: string): Promise<void> {
    const look = this.#looks.get(url) ?? oneAtATime(() => this.#lookNow(url));
    this.#looks.set(url, look);
    return look();
  }

  async #lookNow(url: string): Promise<void> {
    if (this.#disposed) return;
    try {
      this.#sources.set(url, await (await this.#server(url)).sources());
    } catch (error) {
      // It may be back later.
      this.#host.log.warn(messageOf(error));
      this.#sources.delete(url);
    }
    this.#changed.fire();
  }

  async #server(url: string): Promise<JupyterServer> {
    const token = (await this.#host.secrets.get(secretOf(url))) ?? '';
    return new JupyterServer({ url, token }, this.#host, this.#refreshing(url));
  }

  #refreshing(url: string): () => void {
    return () => void this.#look(url);
  }
}
