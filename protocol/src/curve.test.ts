import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curveKeyPair, Dealer, Router } from 'zeromq';
import { Channel, type FrameSocket } from './channel.ts';
import { type ConnectionInfo, endpoint, newConnectionInfo, portOf } from './connection.ts';
import { type CurveOptions, clientCurve, kernelCurve, withCurveKeys } from './curve.ts';
import { Session } from './session.ts';

test('a connection without keys is not encrypted, and one key alone is an error', () => {
  const info = newConnectionInfo();
  assert.deepEqual(kernelCurve(info), {});
  assert.deepEqual(clientCurve(info), {});
  for (const half of [{ curve_publickey: 'p' }, { curve_secretkey: 's' }]) {
    assert.throws(() => kernelCurve({ ...info, ...half }), { code: 'ERR_CURVE' });
    assert.throws(() => clientCurve({ ...info, ...half }), { code: 'ERR_CURVE' });
  }
});

/** Whether a client with those keys gets an answer from a kernel of that connection, over real sockets. */
async function answered(info: ConnectionInfo, curve: CurveOptions): Promise<boolean> {
  const router = new Router({ ...kernelCurve(info), linger: 0 });
  await router.bind(endpoint(info, 'shell'));
  const dealer = new Dealer({ ...curve, linger: 0, receiveTimeout: 500 });
  dealer.connect(endpoint({ ...info, shell_port: portOf(router.lastEndpoint ?? '') }, 'shell'));
  const channel = (socket: FrameSocket) =>
    new Channel({
      name: 'shell',
      socket,
      session: new Session({ key: info.key, signatureScheme: info.signature_scheme }),
      onDropped: assert.fail,
    });
  using kernel = channel(router);
  using client = channel(dealer);
  const session = new Session({ key: info.key, signatureScheme: info.signature_scheme });
  client.send({ header: session.header('kernel_info_request'), content: {} });
  const serving = (async () => {
    for await (const { identities, rawHeader } of kernel.messages()) {
      kernel.send({ identities, header: session.header('kernel_info_reply'), parentHeader: rawHeader, content: {} });
    }
  })();
  try {
    const { value } = await client.messages().next();
    return value?.header.msg_type === 'kernel_info_reply';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return false;
    throw error;
  } finally {
    kernel.close();
    await serving;
  }
}

test('with keys, only those who know the public key of the kernel are answered', async () => {
  const info = await withCurveKeys(newConnectionInfo());
  assert.ok(await answered(info, clientCurve(info)));
  assert.ok(await answered(info, clientCurve(info, curveKeyPair())));
  assert.ok(!(await answered(info, {})));
  assert.ok(!(await answered(info, clientCurve(await withCurveKeys(info)))));
});

test('without keys, everyone is answered', async () => {
  assert.ok(await answered(newConnectionInfo(), {}));
});
