import * as base from '@jupyter-widgets/base';
import * as controls from '@jupyter-widgets/controls';
import { loadAmd, type Module } from './amd.ts';
import { anywidget } from './anywidget.ts';
import { OutputModel, OutputView } from './output-widget.ts';

const OWN: Readonly<Record<string, Module>> = {
  '@jupyter-widgets/base': base,
  '@jupyter-widgets/controls': controls,
  '@jupyter-widgets/output': { OutputModel, OutputView },
  anywidget: anywidget(base),
};

/** The modules that the classes of widgets are in: our own, and what packages of the kernel have installed. */
export class Modules {
  readonly #fetch: (name: string) => Promise<string | undefined>;
  readonly #foreign = new Map<string, Promise<Module>>();

  /** @param fetch Resolves to the text of a module, if it is installed. */
  constructor(fetch: (name: string) => Promise<string | undefined>) {
    this.#fetch = fetch;
  }

  load(name: string, version: string): Promise<Module> {
    const known = OWN[name] ?? this.#foreign.get(name);
    if (known !== undefined) return Promise.resolve(known);
    const loaded = this.#load(name, version);
    this.#foreign.set(name, loaded);
    return loaded;
  }

  async #load(name: string, version: string): Promise<Module> {
    const source = await this.#fetch(name);
    if (source === undefined) {
      throw new Error(
        `The module ${[name, version].join(' ').trim()} is not there. It is looked for in nbextensions/ of the kernel's Python environment.`,
      );
    }
    return await loadAmd(name, source, (dependency) => this.load(dependency, ''));
  }
}
