import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import {
  type ConnectionInfo,
  endpoint,
  endpointAt,
  newConnectionInfo,
  portOf,
  readConnectionFile,
  writeConnectionFile,
} from './connection.ts';
import { ProtocolError } from './errors.ts';
import { documentSchemas } from './generated/schemas.ts';
import { type RegistrationInfo, readStartupFile, writeRegistrationFile } from './registration.ts';
import { compileSchema } from './schema-check.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'elara-connection-'));
after(() => rm(folder, { recursive: true }));

const KEY = 'a0436f6c-1916-498b-8eb9-e81ab9368e84';
const info: ConnectionInfo = {
  transport: 'tcp',
  ip: '127.0.0.1',
  shell_port: 57503,
  iopub_port: 40885,
  stdin_port: 52597,
  control_port: 50160,
  hb_port: 42540,
  key: KEY,
  signature_scheme: 'hmac-sha256',
};

let files = 0;
async function fileOf(content: string, mode = 0o600): Promise<string> {
  const file = path.join(folder, `kernel-${++files}.json`);
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

/** Refused with that code, by a message that names the file and not the key. */
async function refuses(file: string, code: string, reason: RegExp): Promise<void> {
  await assert.rejects(readConnectionFile(file), (error) => {
    assert.ok(error instanceof ProtocolError);
    assert.equal(error.code, code);
    assert.match(error.message, reason);
    assert.ok(error.message.includes(file));
    assert.ok(!error.stack?.includes(KEY));
    return true;
  });
}

suite('a connection file', () => {
  test('is written for its owner only, in one step, its folder made if need be', async () => {
    const file = path.join(folder, 'a', 'b', 'kernel.json');
    await writeConnectionFile(file, info);
    assert.deepEqual(await readdir(path.dirname(file)), ['kernel.json']);
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), info);
    if (process.platform !== 'win32') {
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      assert.equal((await stat(path.dirname(file))).mode & 0o777, 0o700);
    }
    assert.deepEqual(await readConnectionFile(file), info);
  });

  test('replaces an older one, whatever its mode was', async () => {
    const file = await fileOf('old', 0o644);
    await writeConnectionFile(file, info);
    assert.deepEqual(await readConnectionFile(file), info);
  });

  test('fits its schema', () => {
    const fits = compileSchema(documentSchemas.connection_file);
    assert.ok(fits(info));
    assert.ok(fits(newConnectionInfo()));
  });

  test('keeps its optional fields, and drops those that nobody knows', async () => {
    const more = { kernel_name: 'typescript', curve_publickey: 'p'.repeat(40), curve_secretkey: 's'.repeat(40) };
    const read = await readConnectionFile(
      await fileOf(JSON.stringify({ ...info, ...more, jupyter_session: 'x.ipynb' })),
    );
    assert.deepEqual(read, { ...info, ...more });
  });

  test('may leave out its transport and its scheme', async () => {
    const { transport: _, signature_scheme: __, ...rest } = info;
    assert.deepEqual(await readConnectionFile(await fileOf(JSON.stringify(rest))), info);
  });

  test('that is missing, unreadable or no file is refused with a reason', async () => {
    await refuses(path.join(folder, 'missing.json'), 'ERR_FILE_MISSING', /does not exist/);
    await mkdir(path.join(folder, 'folder.json'));
    await refuses(path.join(folder, 'folder.json'), 'ERR_FILE_UNREADABLE', /EISDIR|EPERM|EACCES/);
    if (process.platform !== 'win32') {
      const loop = path.join(folder, 'loop.json');
      await symlink(loop, loop);
      await refuses(loop, 'ERR_FILE_UNREADABLE', /ELOOP/);
    }
  });

  test('that is corrupt is refused with a reason that does not quote it', async () => {
    await refuses(await fileOf(`{"key":"${KEY}"`), 'ERR_FILE_INVALID', /is not JSON/);
    await refuses(await fileOf(`${KEY}`), 'ERR_FILE_INVALID', /is not JSON/);
    await refuses(await fileOf(''), 'ERR_FILE_INVALID', /is not JSON/);
    await refuses(await fileOf(`["${KEY}"]`), 'ERR_FILE_INVALID', /not a JSON object/);
  });

  test('that lacks a field, or has a wrong one, is refused by the name of the field', async () => {
    for (const field of ['ip', 'shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port', 'key']) {
      await refuses(
        await fileOf(JSON.stringify({ ...info, [field]: undefined })),
        'ERR_FILE_INVALID',
        new RegExp(`lacks the field ${field}`),
      );
    }
    for (const [field, value] of [
      ['shell_port', 65_536],
      ['hb_port', -1],
      ['stdin_port', 1.5],
      ['control_port', 'x'],
      ['key', 7],
      ['ip', null],
      ['transport', 'udp'],
      ['signature_scheme', []],
    ] as const) {
      await refuses(await fileOf(JSON.stringify({ ...info, [field]: value })), 'ERR_FILE_INVALID', new RegExp(field));
    }
    await refuses(
      await fileOf(JSON.stringify({ ...info, curve_publickey: 'p'.repeat(40) })),
      'ERR_FILE_INVALID',
      /curve_secretkey/,
    );
    await refuses(
      await fileOf(JSON.stringify({ ...info, curve_publickey: 'p', curve_secretkey: 's' })),
      'ERR_FILE_INVALID',
      /CURVE/,
    );
  });

  test('that others can read is refused, or read with a warning where that is asked for', {
    skip: process.platform === 'win32',
  }, async () => {
    for (const mode of [0o644, 0o620, 0o601]) {
      const file = await fileOf(JSON.stringify(info), mode);
      await refuses(file, 'ERR_FILE_PERMISSIONS', /chmod 600/);
      const warnings: string[] = [];
      assert.deepEqual(await readConnectionFile(file, { onTooOpen: (error) => warnings.push(error.code) }), info);
      assert.deepEqual(warnings, ['ERR_FILE_PERMISSIONS']);
    }
  });

  test('may be open to others where JUPYTER_ALLOW_INSECURE_WRITES says so', async () => {
    const file = await fileOf(JSON.stringify(info), 0o644);
    process.env.JUPYTER_ALLOW_INSECURE_WRITES = 'true';
    try {
      assert.deepEqual(await readConnectionFile(file), info);
    } finally {
      delete process.env.JUPYTER_ALLOW_INSECURE_WRITES;
    }
  });

  test('that cannot be written leaves nothing behind', async () => {
    const target = path.join(folder, 'is-a-folder');
    await mkdir(path.join(target, 'child'), { recursive: true });
    await assert.rejects(writeConnectionFile(target, info), { code: 'ERR_FILE_UNREADABLE' });
    const below = path.join(await fileOf('a file'), 'kernel.json');
    await assert.rejects(writeConnectionFile(below, info), { code: 'ERR_FILE_UNREADABLE' });
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });
});

suite('addresses', () => {
  test('tcp and ipc, as Jupyter names them', () => {
    assert.equal(endpoint(info, 'shell'), 'tcp://127.0.0.1:57503');
    assert.equal(
      endpoint({ ...info, transport: 'ipc', ip: '/run/kernel-1-ipc', hb_port: 5 }, 'hb'),
      'ipc:///run/kernel-1-ipc-5',
    );
    assert.equal(endpointAt('tcp', '::1', 5), 'tcp://[::1]:5');
  });

  test('the port of an endpoint that was bound', () => {
    for (const address of ['tcp://127.0.0.1:5555', 'tcp://[::1]:5555', 'ipc:///run/a-1-ipc-5555'])
      assert.equal(portOf(address), 5555);
    assert.throws(() => portOf('inproc://x'), TypeError);
  });

  test('a new connection has a key of its own and random ports', () => {
    const first = newConnectionInfo();
    assert.notEqual(first.key, newConnectionInfo().key);
    assert.equal(first.shell_port + first.iopub_port + first.stdin_port + first.control_port + first.hb_port, 0);
    assert.equal(newConnectionInfo({ key: 'k', shell_port: 1 }).shell_port, 1);
  });
});

suite('a startup file', () => {
  const registration: RegistrationInfo = {
    kernel_id: 'k-1',
    transport: 'tcp',
    registration_ip: '127.0.0.1',
    registration_port: 51587,
    key: KEY,
    signature_scheme: 'hmac-sha256',
  };

  test('is a connection file or a registration file', async () => {
    const file = path.join(folder, 'registration.json');
    await writeRegistrationFile(file, registration);
    assert.deepEqual(await readStartupFile(file), { kind: 'registration', info: registration });
    assert.ok(compileSchema(documentSchemas.registration_file)(registration));
    assert.deepEqual(await readStartupFile(await fileOf(JSON.stringify(info))), { kind: 'connection', info });
  });

  test('of neither kind is refused', async () => {
    const { kernel_id: _, ...rest } = registration;
    await assert.rejects(readStartupFile(await fileOf(JSON.stringify(rest))), {
      code: 'ERR_FILE_INVALID',
      message: /kernel_id/,
    });
    await assert.rejects(readStartupFile(await fileOf('{}')), { code: 'ERR_FILE_INVALID' });
  });
});
