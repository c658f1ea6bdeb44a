/** How values are shown. */
export { $display, type MimeBundle } from './bundle.ts';
export type { BinaryData, DenoJupyter } from './deno.ts';
export { Displayable, type ImageOptions, type Tag } from './displayable.ts';
export {
  createDisplayGlobals,
  type Display,
  type DisplayGlobals,
  type DisplayHandle,
  type DisplayOptions,
} from './globals.ts';
export { type Displayed, mimeBundle } from './mime-bundle.ts';
export { installDrawing } from './plot/hook.ts';
export { errorText, inspectText } from './text.ts';
