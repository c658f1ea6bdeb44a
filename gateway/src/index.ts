export { Channel } from './channel.ts';
export { GatewayError, type GatewayErrorCode, RemoteError } from './errors.ts';
export {
  Gateway,
  type GatewayEnd,
  type GatewayInfo,
  type GatewayOptions,
  makeGateway,
  type RemoteExecOptions,
} from './gateway.ts';
export { killTree } from './process-tree.ts';
export type { RemoteChannel, RemoteMain } from './remote/api.ts';
export { type GatewaySpec, parseSpec } from './spec.ts';
