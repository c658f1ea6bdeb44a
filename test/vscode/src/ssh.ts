/** The way to a remote machine: a real ssh server, and a tunnel through it that can be cut. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { sshd } from './paths.ts';
import { runEnvironment } from './processes.ts';
import { until } from './waiting.ts';

/**
 * A port of this machine that leads through ssh to another one, as VS Code's own tunnels do. Each connection of ssh has a
 * server of its own, so that none needs a port.
 */
export class Tunnel implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'elara-ssh-'));
  readonly #socket = join(this.#folder, 'socket');
  readonly #server: Server = createServer((socket) => this.#carry(socket));
  readonly #target: string;
  #ssh: ChildProcess | undefined;
  #said = '';

  private constructor(port: number) {
    this.#target = `127.0.0.1:${port}`;
    const key = (name: string): string => {
      const file = join(this.#folder, name);
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
      return file;
    };
    const config = [
      `HostKey ${key('host')}`,
      `AuthorizedKeysFile ${key('user')}.pub`,
      'PermitRootLogin yes',
      'UsePAM no',
      'StrictModes no',
    ];
    writeFileSync(join(this.#folder, 'sshd.conf'), `${config.join('\n')}\n`);
  }

  /** @param port Where the server on the other machine listens, there. */
  static async open(port: number): Promise<Tunnel> {
    // Debian makes it when it starts its own server.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
    const tunnel = new Tunnel(port);
    try {
      await once(tunnel.#server.listen(0, '127.0.0.1'), 'listening');
      await tunnel.join();
      return tunnel;
    } catch (error) {
      await tunnel[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Of this end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The connection is lost. */
  async cut(): Promise<void> {
    const ssh = this.#ssh;
    this.#ssh = undefined;
    if (ssh === undefined || !ssh.kill('SIGKILL')) return;
    await once(ssh, 'exit');
    rmSync(this.#socket, { force: true });
  }

  /** It is back, or there for the first time. */
  async join(): Promise<void> {
    const options = {
      ProxyCommand: `${sshd} -i -f ${join(this.#folder, 'sshd.conf')}`,
      IdentityFile: join(this.#folder, 'user'),
      IdentitiesOnly: 'yes',
      BatchMode: 'yes',
      StrictHostKeyChecking: 'no',
      UserKnownHostsFile: '/dev/null',
      ExitOnForwardFailure: 'yes',
      StreamLocalBindUnlink: 'yes',
      LogLevel: 'ERROR',
    };
    const ssh = spawn(
      'ssh',
      [
        ...['-F', 'none', '-N', '-L', `${this.#socket}:${this.#target}`],
        ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
        `${userInfo().username}@remote`,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...runEnvironment('ssh') } },
    );
    this.#ssh = ssh;
    ssh.stderr.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString();
    });
    await until('the tunnel to lead there', async () => {
      if (ssh.exitCode !== null) throw new Error(`ssh ended:\n${this.#said}`);
      return (await fetch(`${this.url}/healthz`)).ok;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #carry(socket: Socket): void {
    const far = connect(this.#socket);
    socket.pipe(far).pipe(socket);
    const end = (): void => {
      socket.destroy();
      far.destroy();
    };
    for (const each of [socket, far]) each.on('error', end).on('close', end);
  }
}
