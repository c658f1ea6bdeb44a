/** Chromium: one for all windows of a test file. */
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { chromium as executable } from '../../peers/paths.ts';
import { runEnvironment } from './processes.ts';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The tests inside the extension host are loaded from the server's own address, which Chromium takes for a local network.
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
];

let started: Promise<Browser> | undefined;

async function start(): Promise<Browser> {
  const executablePath = executable();
  if (executablePath === undefined) throw new Error('There is no Chromium: run `node test/vscode/install.ts`.');
  return await chromium.launch({ executablePath, args, env: { ...process.env, ...runEnvironment('browser') } });
}

/** A browser profile of its own, with the clipboard allowed. */
export async function newContext(viewport: { width: number; height: number }): Promise<BrowserContext> {
  started ??= start();
  const browser = await started;
  return await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
}

export async function closeBrowser(): Promise<void> {
  const browser = await started;
  started = undefined;
  await browser?.close();
}
