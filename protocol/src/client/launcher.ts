import { RegistrationService } from '../handshake.ts';
import { getKernelSpec, type JupyterHost, type KernelSpec } from '../kernelspec.ts';
import { LocalKernel } from './local-kernel.ts';
import type { KernelClientOptions } from './options.ts';
import type { RunningKernel } from './running-kernel.ts';

export interface LaunchOptions {
  /** Name of an installed kernelspec; needed unless there is a `spec`. */
  readonly name?: string;
  /** A kernelspec that need not be installed. */
  readonly spec?: KernelSpec;
  /** What `{resource_dir}` stands for in `spec`. */
  readonly resourceDir?: string;
  /** Working directory of the kernel. Default: that of this process. */
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Until the kernel is ready, in milliseconds. Default: 60,000. */
  readonly timeoutMs?: number;
  /** Encrypts the channels by CURVE. The kernelspec must say that the kernel can (`metadata.supported_encryption`). */
  readonly encrypt?: boolean;
  /**
   * Lets the kernel go on when this process ends, however it ends: it is not told to watch it, and its standard output and
   * error go to a file beside its connection file.
   */
  readonly outlives?: boolean;
  readonly client?: KernelClientOptions;
  /** Where kernelspecs are looked for. Default: this machine. */
  readonly host?: Partial<JupyterHost>;
}

/** Starts kernels on this machine and owns them: disposing of the launcher shuts them down. */
export class KernelLauncher implements AsyncDisposable {
  readonly #kernels = new Set<LocalKernel>();
  #registration: Promise<RegistrationService> | undefined;

  /**
   * Starts a kernel and waits until it is ready.
   * @throws NoSuchKernelError, KernelSpecError; KernelStartError with what the process wrote; ProtocolError for the connection file
   */
  async launch(options: LaunchOptions): Promise<RunningKernel> {
    const kernel = new LocalKernel(await resolveSpec(options), options, () => this.#register());
    this.#kernels.add(kernel);
    void kernel.closed.then(() => this.#onClosed(kernel));
    await kernel.start();
    return kernel;
  }

  /** The kernels that are starting or running. */
  get kernels(): readonly RunningKernel[] {
    return [...this.#kernels];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#kernels].map((kernel) => kernel.shutdown()));
  }

  /** One service for all kernels, for as long as there are any (JEP 66). */
  #register(): Promise<RegistrationService> {
    // A registration that is refused is none: the start that waits for it says so at its bound.
    this.#registration ??= RegistrationService.listen({ onDropped: () => undefined });
    return this.#registration;
  }

  async #onClosed(kernel: LocalKernel): Promise<void> {
    this.#kernels.delete(kernel);
    if (this.#kernels.size > 0 || this.#registration === undefined) return;
    const service = this.#registration;
    this.#registration = undefined;
    (await service)[Symbol.dispose]();
  }
}

/** A launcher for one kernel: see `KernelLauncher.launch`. The kernel is the caller's to shut down. */
export function launchKernel(options: LaunchOptions): Promise<RunningKernel> {
  return new KernelLauncher().launch(options);
}

/** The kernelspec to start, and where it lies. */
export interface ResolvedSpec {
  readonly name: string;
  readonly spec: KernelSpec;
  readonly resourceDir: string | undefined;
}

async function resolveSpec(options: LaunchOptions): Promise<ResolvedSpec> {
  if (options.spec) {
    return { name: options.name ?? options.spec.display_name, spec: options.spec, resourceDir: options.resourceDir };
  }
  if (options.name === undefined) throw new TypeError('launch needs the name of a kernelspec, or a kernelspec');
  return getKernelSpec(options.name, options.host);
}
