/** A publisher for tests: keeps what it is given. */
import type { Publisher } from '../publisher.ts';

export interface Published {
  readonly msgType: string;
  readonly content: Record<string, unknown>;
  readonly metadata: Record<string, unknown> | undefined;
  readonly buffers: readonly Uint8Array[] | undefined;
}

export interface RecordingPublisher extends Publisher {
  readonly published: Published[];
  readonly text: { stdout: string; stderr: string };
}

export function recordingPublisher(): RecordingPublisher {
  const published: Published[] = [];
  const text = { stdout: '', stderr: '' };
  return {
    published,
    text,
    write(name, written) {
      text[name] += written;
    },
    publish(msgType, content, metadata, buffers) {
      published.push({ msgType, content, metadata, buffers });
    },
  };
}
