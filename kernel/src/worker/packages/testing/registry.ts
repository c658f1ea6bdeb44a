/** A registry for npm, for tests: packages that are made up, or that are in a node_modules, served from this process. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarball } from './tarball.ts';

export interface TestManifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

interface Published {
  readonly manifest: TestManifest;
  readonly tarball: Buffer;
}

/** How a request is answered that is not to be answered as usual: by a status, or not at all. */
export type Trouble = number | 'silence' | undefined;

export class TestRegistry implements AsyncDisposable {
  /** For the caches of npm and of the kernels. */
  readonly folder: string;
  /** Paths of the requests so far. */
  readonly requests: string[] = [];
  /** Says which requests are in trouble. */
  trouble: (path: string) => Trouble = () => undefined;
  readonly #server: Server;
  readonly #packages = new Map<string, Map<string, Published>>();
  readonly #tags = new Map<string, Record<string, string>>();
  readonly #modules: string | undefined;

  private constructor(server: Server, modules: string | undefined) {
    this.#server = server;
    this.#modules = modules;
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'elara-registry-')));
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** `modules` is a node_modules whose packages are there too. */
  static async start({ modules }: { readonly modules?: string } = {}): Promise<TestRegistry> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestRegistry(server, modules);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** For a process that is to use this registry, and caches of its own. */
  get env(): Record<string, string> {
    return {
      npm_config_registry: this.url,
      'npm_config_@jsr:registry': this.url,
      npm_config_cache: join(this.folder, 'npm'),
      npm_config_userconfig: join(this.folder, 'npmrc'),
      npm_config_fetch_retries: '1',
      ELARA_CACHE: this.cache,
    };
  }

  get cache(): string {
    return join(this.folder, 'elara');
  }

  /** Publishes a package; the tag `latest` is then this version, unless another tag is given. */
  publish(manifest: TestManifest, files: Readonly<Record<string, string>>, tag = 'latest'): void {
    const all = { ...files, 'package.json': JSON.stringify(manifest) };
    this.#add(manifest, new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)])));
    this.#tags.set(manifest.name, { ...this.#tags.get(manifest.name), [tag]: manifest.version });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    rmSync(this.folder, { recursive: true, force: true });
  }

  #add(manifest: TestManifest, files: ReadonlyMap<string, Uint8Array>): void {
    const versions = this.#packages.get(manifest.name) ?? new Map<string, Published>();
    versions.set(manifest.version, { manifest, tarball: tarball(files) });
    this.#packages.set(manifest.name, versions);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(request.url ?? '/').slice(1);
    this.requests.push(path);
    const trouble = this.trouble(path);
    if (trouble === 'silence') return;
    if (trouble !== undefined) {
      response.writeHead(trouble, { 'content-type': 'application/json' }).end('{"error":"in trouble"}');
      return;
    }
    const [name = '', file] = path.split('/-/');
    const versions = this.#packages.get(name) ?? this.#fromModules(name);
    if (versions === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Not found"}');
    } else if (file === undefined) {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(this.#packument(name, versions)));
    } else {
      const version = file.slice(`${name.replace(/^.*\//, '')}-`.length, -'.tgz'.length);
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(versions.get(version)?.tarball);
    }
  }

  #packument(name: string, versions: ReadonlyMap<string, Published>): object {
    const entries = [...versions].map(([version, { manifest, tarball: packed }]) => {
      const { install, preinstall, postinstall } = (manifest.scripts ?? {}) as Record<string, string>;
      const tarball = `${this.url}${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`;
      const integrity = `sha512-${createHash('sha512').update(packed).digest('base64')}`;
      const hasInstallScript = (install ?? preinstall ?? postinstall) !== undefined;
      return [version, { ...manifest, ...(hasInstallScript && { hasInstallScript }), dist: { tarball, integrity } }];
    });
    const latest = [...versions.keys()].at(-1);
    return { name, 'dist-tags': { latest, ...this.#tags.get(name) }, versions: Object.fromEntries(entries) };
  }

  /** Packs what is installed. */
  #fromModules(name: string): Map<string, Published> | undefined {
    if (this.#modules === undefined) return undefined;
    const cwd = join(this.#modules, name);
    const paths = globSync('**', { cwd, exclude: ['node_modules/**'] }).filter((path) =>
      statSync(join(cwd, path)).isFile(),
    );
    if (!paths.includes('package.json')) return undefined;
    const manifest: TestManifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
    assert.equal(manifest.name, name);
    this.#add(manifest, new Map(paths.sort().map((path) => [path, readFileSync(join(cwd, path))])));
    return this.#packages.get(name);
  }
}
