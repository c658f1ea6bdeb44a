import { KernelsError } from '../host.ts';

/** Where a Jupyter server is. */
export interface ServerAddress {
  /** With a slash at its end. */
  readonly url: string;
  /** Empty: it asks for none. */
  readonly token: string;
}

/** Pages of Jupyter's own, which a person copies the address of. */
const PAGES = /\/(lab|tree|notebooks|edit|consoles|terminals|doc|retro|voila|login|api)(\/.*)?$/;

/**
 * The address of a Jupyter server in what a person has copied: the address of a page of it, with or without its token.
 * @throws KernelsError ERR_SERVER
 */
export function parseServerAddress(text: string): ServerAddress {
  const trimmed = text.trim();
  let url: URL;
  try {
    url = new URL(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  } catch (cause) {
    throw new KernelsError(
      'ERR_SERVER',
      `${JSON.stringify(trimmed)} is not an address. One of a Jupyter server looks like http://localhost:8888/?token=…`,
      { cause },
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new KernelsError('ERR_SERVER', `A Jupyter server is reached by http or https, not by ${url.protocol}`);
  }
  const path = url.pathname.replace(PAGES, '').replace(/\/+$/, '');
  return { url: `${url.origin}${path}/`, token: url.searchParams.get('token') ?? '' };
}
