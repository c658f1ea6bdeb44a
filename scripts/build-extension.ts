/** Makes extension/ ready to be started from its folder (F5): its bundle, and the kernel of this platform. */
import { rmSync } from 'node:fs';
import { bundleExtension, bundleTypeScriptPlugin } from './extension/bundle.ts';
import { assembleKernel } from './extension/kernel-files.ts';
import { hostTarget } from './extension/platforms.ts';

rmSync('extension/dist', { recursive: true, force: true });
rmSync('extension/kernel', { recursive: true, force: true });
await bundleExtension();
await bundleTypeScriptPlugin('extension/node_modules');
assembleKernel('extension/kernel', hostTarget());
