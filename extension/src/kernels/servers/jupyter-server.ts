import { randomUUID } from 'node:crypto';
import { within } from '@elara/protocol/client/bounded';
import { type Kernel, KernelAPI, KernelConnection, KernelSpecAPI, ServerConnection } from '@jupyterlab/services';
import { messageOf } from '../../log.ts';
import { KernelsError, type KernelsHost, type Memory } from '../host.ts';
import type { KernelSource, OpenOptions, RunningKernel } from '../kernel.ts';
import type { ServerAddress } from './server-address.ts';
import { ServerKernel } from './server-kernel.ts';

/** For an answer of the server, in milliseconds. */
const ANSWER_MS = 10_000;

/** What this window was to kernels of servers, so that the server hands over what it kept for it meanwhile. */
const CLIENTS = 'elara.serverClients';
const MOST_CLIENTS = 100;

/** A Jupyter server: what it can start and what it runs. */
export class JupyterServer {
  readonly address: ServerAddress;
  readonly #host: KernelsHost;
  readonly #settings: ServerConnection.ISettings;
  /** Called when kernels came or went by what this window did. */
  readonly #onChange: () => void;

  constructor(address: ServerAddress, host: KernelsHost, onChange: () => void) {
    this.address = address;
    this.#host = host;
    this.#onChange = onChange;
    this.#settings = ServerConnection.makeSettings({
      baseUrl: address.url,
      wsUrl: address.url.replace(/^http/, 'ws'),
      token: address.token,
      appendToken: true,
    });
  }

  /** What can be started there, and what runs. @throws KernelsError ERR_SERVER */
  async sources(): Promise<KernelSource[]> {
    const specs = await this.#ask(() => KernelSpecAPI.getSpecs(this.#settings));
    const running = await this.#ask(() => KernelAPI.listRunning(this.#settings));
    const known = Object.values(specs.kernelspecs).filter((spec) => spec !== undefined);
    return [
      ...known.map(({ name, display_name, language }) =>
        this.#source(`spec:${name}`, display_name, `on ${this.#name}`, language, (options) =>
          this.#start(name, options),
        ),
      ),
      ...running.map((model) => {
        const { display_name = model.name, language = '' } = specs.kernelspecs[model.name] ?? {};
        const state = `running on ${this.#name}, ${model.execution_state ?? 'unknown'}`;
        const source = this.#source(`kernel:${model.id}`, display_name, state, language, (options) =>
          this.#open(model, false, options),
        );
        return { ...source, place: { kind: 'server' as const, url: this.address.url, kernelId: model.id } };
      }),
    ];
  }

  /** The kernel, if it still runs. @throws KernelsError ERR_SERVER */
  async reattach(kernelId: string): Promise<RunningKernel | undefined> {
    const model = await this.#modelOf(kernelId);
    return model && this.#open(model, false);
  }

  #modelOf(kernelId: string): Promise<Kernel.IModel | undefined> {
    return this.#ask(() => KernelAPI.getKernelModel(kernelId, this.#settings));
  }

  get #name(): string {
    return new URL(this.address.url).host;
  }

  #source(id: string, label: string, description: string, language: string, open: KernelSource['open']): KernelSource {
    const { url } = this.address;
    return { id: sourceId(url, id), label, description, detail: url, language, kind: 'server', open };
  }

  async #start(name: string, options: OpenOptions): Promise<RunningKernel> {
    options.onProgress(`Starting ${name} on ${this.#name}`);
    // Starting may take long where the server has to find a place for it.
    const timeoutMs = this.#host.setting('elara.startTimeout') * 1000;
    const model = await this.#ask(() => KernelAPI.startNew({ name }, this.#settings), timeoutMs);
    try {
      return await this.#open(model, true, options);
    } catch (error) {
      await this.#ask(() => KernelAPI.shutdownKernel(model.id, this.#settings));
      throw error;
    } finally {
      this.#onChange();
    }
  }

  async #open(model: Kernel.IModel, started: boolean, options?: OpenOptions): Promise<RunningKernel> {
    options?.onProgress(`Connecting to ${model.name} on ${this.#name}`);
    const specs = await this.#ask(() => KernelSpecAPI.getSpecs(this.#settings));
    const spec = specs.kernelspecs[model.name];
    const client = await clientOf(model.id, started, this.#host.memory);
    const isConnected = ((await this.#modelOf(model.id))?.connections ?? 0) > 0;
    // A server closes the connection of a session that comes again: another window's, or another notebook's.
    const clientId = isConnected ? randomUUID() : client.session;
    const connection = new KernelConnection({ model, serverSettings: this.#settings, clientId });
    const kernel = await ServerKernel.open(connection, {
      id: sourceId(this.address.url, `kernel:${model.id}`),
      url: this.address.url,
      ours: client.started,
      displayName: spec?.display_name ?? model.name,
      language: spec?.language,
      timeoutMs: this.#host.setting('elara.startTimeout') * 1000,
      signal: options?.signal,
      kill: () => this.#ask(() => KernelAPI.shutdownKernel(model.id, this.#settings)),
      isShared: async () => (await this.#modelOf(model.id))?.connections !== 1,
    });
    connection.disposed.connect(() => this.#onChange());
    return kernel;
  }

  async #ask<T>(request: () => Promise<T>, timeoutMs = ANSWER_MS): Promise<T> {
    const { url } = this.address;
    const late = () =>
      new KernelsError('ERR_SERVER', `The Jupyter server at ${url} did not answer within ${timeoutMs / 1000} s.`);
    try {
      return await within(request(), timeoutMs, late);
    } catch (error) {
      if (error instanceof KernelsError) throw error;
      throw new KernelsError('ERR_SERVER', explained(url, error), { cause: error });
    }
  }
}

/** The id of a server's kernel or kernelspec. */
export function sourceId(url: string, id: string): string {
  return `server:${url}#${id}`;
}

/** What is wrong, and what to do. */
function explained(url: string, error: unknown): string {
  if (error instanceof ServerConnection.ResponseError) {
    const { status } = error.response;
    if (status === 401 || status === 403) {
      return `The Jupyter server at ${url} refuses the token. "jupyter server list" shows the right one, on the machine that it runs on.`;
    }
    if (status === 404) return `What answers at ${url} is no Jupyter server. Check the address.`;
    return `The Jupyter server at ${url} answered: ${error.message}`;
  }
  const cause = error instanceof Error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : '';
  return `The Jupyter server at ${url} cannot be reached: ${messageOf(error)}${cause}. Does it run, and is the address right?`;
}

/** What this window is to a kernel of a server. */
interface Client {
  readonly kernel: string;
  /** Id of its session. */
  readonly session: string;
  /** True if the kernel was started for it. */
  readonly started: boolean;
}

async function clientOf(kernel: string, started: boolean, memory: Memory): Promise<Client> {
  const clients = memory.get<readonly Client[]>(CLIENTS) ?? [];
  const known = clients.find((client) => client.kernel === kernel);
  if (known !== undefined) return known;
  const client = { kernel, session: randomUUID(), started };
  await memory.update(CLIENTS, [client, ...clients].slice(0, MOST_CLIENTS));
  return client;
}
