/** `Deno.jupyter`, so that notebooks written for Deno run. */
import type { Publisher } from '../publisher.ts';
import { $display, encodeData } from './bundle.ts';
import { html, image, md, svg, type Tag } from './displayable.ts';
import { mimeBundle } from './mime-bundle.ts';
import { inspectText } from './text.ts';

type Data = Record<string, unknown>;
/** Bytes that a message carries beside its JSON. */
export type BinaryData = Uint8Array | ArrayBufferLike | ArrayBufferView;

/** Members, arguments and results as in Deno 2. */
export interface DenoJupyter {
  readonly $display: typeof $display;
  /** Sends any message on iopub. */
  broadcast(
    msgType: string,
    content: Data,
    extra?: { readonly metadata?: Data; readonly buffers?: readonly BinaryData[] },
  ): Promise<void>;
  display(
    value: unknown,
    options?: { readonly raw?: boolean; readonly update?: boolean; readonly display_id?: string },
  ): Promise<void>;
  /** Media types and data of a value. */
  format(value: unknown): Promise<Data>;
  readonly html: Tag;
  readonly md: Tag;
  readonly svg: Tag;
  readonly image: typeof image;
}

export function createDenoJupyter(publisher: Publisher): DenoJupyter {
  async function format(value: unknown): Promise<Data> {
    const bundle = await mimeBundle(value);
    if (bundle !== null) return bundle.data;
    return value === undefined ? { 'text/plain': inspectText(value) } : {};
  }
  return {
    $display,
    async broadcast(msgType, content, { metadata = {}, buffers = [] } = {}) {
      publisher.publish(msgType, content, metadata, buffers.map(toBytes));
    },
    async display(value, { raw = false, update = false, display_id: id } = {}) {
      const isData = raw && typeof value === 'object' && value !== null && !Array.isArray(value);
      publisher.publish(update ? 'update_display_data' : 'display_data', {
        data: isData ? encodeData(Object.fromEntries(Object.entries(value))) : await format(value),
        metadata: {},
        transient: id === undefined ? {} : { display_id: id },
      });
    },
    format,
    html,
    md,
    svg,
    image,
  };
}

function toBytes(data: BinaryData): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}
