/** Kernelspecs (JEP 105): where Jupyter looks for them, what is there, installing and removing. */
export { type PythonEnvironment, pythonEnvironment } from './kernelspec/environment.ts';
export { KernelSpecError, type KernelSpecErrorCode, NoSuchKernelError } from './kernelspec/errors.ts';
export {
  type BrokenKernelSpec,
  type DiscoveredKernelSpecs,
  discoverKernelSpecs,
  findKernelSpecs,
  getKernelSpec,
} from './kernelspec/find.ts';
export type { JupyterHost } from './kernelspec/host.ts';
export {
  type InstallKernelSpecOptions,
  installKernelSpec,
  type KernelSpecPlace,
  removeKernelSpec,
} from './kernelspec/install.ts';
export { jupyterPaths, kernelDirs } from './kernelspec/paths.ts';
export { type FoundKernelSpec, type KernelSpec, parseKernelSpec } from './kernelspec/spec.ts';
