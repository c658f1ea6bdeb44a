import { PROTOCOL_VERSION } from '@elara/protocol/message';
import { immediate2011 } from '../handlers.ts';
import type { Kernel } from '../kernel.ts';
import { banner, IMPLEMENTATION, IMPLEMENTATION_VERSION } from '../kernel-information.ts';
import { isLevel } from '../log.ts';

/** An attribute of the kernel as clients of 2011 see it. Without `read` or `write` it is there, but not open to them. */
interface Attribute {
  readonly read?: (kernel: Kernel) => unknown;
  /** False where the value is not one that the attribute can have. */
  readonly write?: (kernel: Kernel, value: unknown) => boolean;
}

const attributes: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ['banner', { read: banner }],
  ['connection.ip', { read: ({ info }) => info.ip }],
  ['connection.key', {}],
  ['connection.transport', { read: ({ info }) => info.transport }],
  ['execution_count', { read: ({ executionCount }) => executionCount }],
  ['implementation', { read: () => IMPLEMENTATION }],
  ['implementation_version', { read: () => IMPLEMENTATION_VERSION }],
  ['language', { read: ({ language }) => language }],
  [
    'log.level',
    {
      read: ({ log }) => log.level,
      write({ log }, value) {
        if (!isLevel(value)) return false;
        log.level = value;
        return true;
      },
    },
  ],
  ['protocol_version', { read: () => PROTOCOL_VERSION }],
  ['session.id', { read: ({ headers }) => headers.session }],
]);

/** 2011: reads an attribute. Section "Kernel attribute access" of "Messaging in IPython". */
export const getattr = immediate2011('getattr_request', (kernel, _request, { name }) => {
  const attribute = attributes.get(name);
  if (attribute === undefined) return { content: { status: 'AttributeError' } };
  if (attribute.read === undefined) return { content: { status: 'AccessError' } };
  return { content: { status: 'ok', value: attribute.read(kernel) } };
});

/** 2011: sets an attribute. */
export const setattr = immediate2011('setattr_request', (kernel, _request, { name, value }) => {
  const attribute = attributes.get(name);
  if (attribute === undefined) return { content: { status: 'AttributeError' } };
  return { content: { status: attribute.write?.(kernel, value) === true ? 'ok' : 'AccessError' } };
});
