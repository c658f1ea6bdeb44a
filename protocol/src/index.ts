/** The wire protocol of Jupyter kernels, for both ends. */
export * from './channel.ts';
export * from './client/index.ts';
export * from './code-points.ts';
export * from './codec.ts';
export * from './connection.ts';
export * from './curve.ts';
export * from './dialect-2011.ts';
export * from './errors.ts';
export * from './handshake.ts';
export * from './kernelspec.ts';
export * from './message.ts';
export { connectionFilePath, dataDir, runtimeDir, type Surroundings } from './paths.ts';
export type { ReadOptions } from './private-file.ts';
export * from './registration.ts';
export * from './replay.ts';
export * from './session.ts';
export * from './signature.ts';
export * from './validate.ts';
