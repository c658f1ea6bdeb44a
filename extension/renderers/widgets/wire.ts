import type { RendererContext } from 'vscode-notebook-renderer';
import type { FromRenderer, ToRenderer } from '../../src/widgets/messages.ts';

/** The way to the extension. */
export interface Wire {
  send(message: FromRenderer): void;
}

/** @returns undefined where VS Code offers no messaging, such as in a diff of notebooks. */
export function openWire(context: RendererContext<unknown>, receive: (message: ToRenderer) => void): Wire | undefined {
  const { postMessage, onDidReceiveMessage } = context;
  if (postMessage === undefined || onDidReceiveMessage === undefined) return undefined;
  onDidReceiveMessage((message: ToRenderer) => receive(message));
  return { send: (message) => postMessage.call(context, message) };
}
