/** The frontend's half of the protocol: clients of kernels, and launchers that start them. */
export { type AttachOptions, attachKernel } from './attach.ts';
export {
  KernelDiedError,
  KernelError,
  type KernelErrorCode,
  KernelNotRunningError,
  KernelStartError,
  KernelTimeoutError,
} from './errors.ts';
export type { Execution } from './execution.ts';
export type { HeartbeatOptions } from './heartbeat.ts';
export type { InputHandler } from './input.ts';
export { KernelClient } from './kernel-client.ts';
export type { ProcessEnd } from './kernel-process.ts';
export { KernelLauncher, type LaunchOptions, launchKernel } from './launcher.ts';
export { isMessage, type ReplyTo, type RequestType } from './messages.ts';
export type { ExecuteOptions, KernelClientOptions, RequestOptions, SendOptions } from './options.ts';
export type { RestartOptions, RunningKernel } from './running-kernel.ts';
export type { KernelTransport, OpenTransport } from './transport.ts';
