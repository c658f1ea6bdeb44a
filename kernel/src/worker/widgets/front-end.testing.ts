/** Widgets with a frontend that tests play: what is published, and messages to them. */
import { Comms } from '../comms/comms.ts';
import { recordingPublisher } from '../display/recording-publisher.ts';
import { createWidgets } from './index.ts';

type Data = Readonly<Record<string, unknown>>;

export interface SentMessage {
  readonly msgType: string;
  readonly id: string;
  readonly data: Data;
  readonly metadata: Data | undefined;
  readonly buffers: readonly Uint8Array[];
}

export function frontEnd() {
  const publisher = recordingPublisher();
  const comms = new Comms(publisher);
  const errors: unknown[] = [];
  const displayed: unknown[] = [];
  const { widgets, flush } = createWidgets({
    comms,
    report: (error) => errors.push(error),
    display: (value) => displayed.push(value),
  });
  const say = (id: string, data: Data, buffers: readonly Uint8Array[] = []) =>
    comms.deliver({ msgType: 'comm_msg', content: { comm_id: id, data }, metadata: {}, buffers });
  /** All messages so far. */
  const sent = (): SentMessage[] =>
    publisher.published.map(({ msgType, content, metadata, buffers = [] }) => ({
      msgType,
      id: String(content.comm_id),
      data: content.data as Data,
      metadata,
      buffers,
    }));
  return {
    comms,
    errors,
    displayed,
    flush,
    // The classes are made at run time; their declarations are for the cells.
    widgets: widgets as unknown as typeof ElaraWidgets,
    sent,
    /** The messages to one widget since the last call, without that which opened it. */
    take(id: string): Data[] {
      const messages = sent().filter((message) => message.id === id && message.msgType === 'comm_msg');
      publisher.published.length = 0;
      return messages.map(({ data }) => data);
    },
    say,
    /** A frontend changes traits, by their names on the wire. */
    change: (id: string, state: Data, paths: readonly unknown[] = [], buffers: readonly Uint8Array[] = []) =>
      say(id, { method: 'update', state, buffer_paths: paths }, buffers),
    custom: (id: string, content: unknown, buffers: readonly Uint8Array[] = []) =>
      say(id, { method: 'custom', content }, buffers),
    open: (target: string, id: string, data: Data, version: string) =>
      comms.deliver({
        msgType: 'comm_open',
        content: { comm_id: id, target_name: target, data },
        metadata: { version },
        buffers: [],
      }),
  };
}
