/** What the module of an anywidget may export as its default. */
export interface Definition {
  readonly initialize?: (parts: { model: object; signal: AbortSignal; experimental: Experimental }) => unknown;
  readonly render?: (parts: {
    model: object;
    el: HTMLElement;
    signal: AbortSignal;
    host: Host;
    experimental: Experimental;
  }) => unknown;
}

export interface Experimental {
  invoke(
    name: string,
    msg?: unknown,
    options?: { readonly buffers?: readonly DataView[]; readonly signal?: AbortSignal },
  ): Promise<[response: unknown, buffers: readonly DataView[]]>;
}

export interface Host {
  getModel(reference: unknown): Promise<object>;
  getWidget(reference: unknown): Promise<{
    readonly exports: unknown;
    render(place: { el: HTMLElement; signal?: AbortSignal }): Promise<void>;
  }>;
}

/** @param source The text of a module, or its URL. */
export async function loadModule(source: string): Promise<Definition> {
  const module = await importText(source);
  // Before anywidget 0.9, a module exported the function itself.
  if (typeof module.render === 'function') return { render: module.render as NonNullable<Definition['render']> };
  const made: unknown = module.default;
  const definition: unknown = typeof made === 'function' ? await made() : made;
  if (typeof definition !== 'object' || definition === null) {
    throw new TypeError(
      'The module has to export as its default an object with `render`, or a function that makes one.',
    );
  }
  return definition;
}

async function importText(source: string): Promise<Record<string, unknown>> {
  if (isUrl(source)) return await import(source);
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param source The text of a style sheet, or its URL. */
export function loadStyle(id: string, source: string): void {
  const old = [...document.head.children].find(
    (element) => element instanceof HTMLElement && element.dataset.anywidget === id,
  );
  if (source === '') {
    old?.remove();
    return;
  }
  const element = isUrl(source)
    ? Object.assign(document.createElement('link'), { rel: 'stylesheet', href: source })
    : Object.assign(document.createElement('style'), { textContent: source });
  element.dataset.anywidget = id;
  if (old === undefined) document.head.append(element);
  else old.replaceWith(element);
}

function isUrl(source: string): boolean {
  return /^https?:\/\/\S+$/.test(source);
}
