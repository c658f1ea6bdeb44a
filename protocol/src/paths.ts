/** Where connection files are, by platform, as jupyter_core has it. Spec: "Wire". */
import { hostOf, type JupyterHost, pathOf } from './kernelspec/host.ts';
import { jupyterDataDir } from './kernelspec/paths.ts';

/** The folder of connection files: JUPYTER_RUNTIME_DIR, else `runtime` under the user's data folder. */
export function runtimeDir(partial?: Partial<JupyterHost>): string {
  const host = hostOf(partial);
  return host.env.JUPYTER_RUNTIME_DIR || pathOf(host).join(jupyterDataDir(host), 'runtime');
}

/** Where the connection file of a kernel is: `kernel-ID.json` in the runtime folder. */
export function connectionFilePath(id: string, partial?: Partial<JupyterHost>): string {
  return pathOf(hostOf(partial)).join(runtimeDir(partial), `kernel-${id}.json`);
}
