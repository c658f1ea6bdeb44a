/** Draws the extension's icon with the kernel's logo. */
import { writeFileSync } from 'node:fs';
import { logoPng } from '../kernel/src/cli/logo.ts';

writeFileSync('extension/media/icon.png', logoPng('typescript', 256));
