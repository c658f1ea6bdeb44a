/** Chromium: one for all windows of a test file. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
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

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a page may keep, but for its files: those need not be fetched and compiled again. */
const KEPT_BY_PAGES = 'cookies,file_systems,indexeddb,local_storage';

let started: Promise<Browser> | undefined;
let windows: Promise<BrowserContext> | undefined;

async function start(): Promise<Browser> {
  const executablePath = executable();
  if (executablePath === undefined) throw new Error('There is no Chromium: run `node test/vscode/install.ts`.');
  return await chromium.launch({ executablePath, args, env: { ...process.env, ...runEnvironment('browser') } });
}

/** A browser profile of its own, with the clipboard allowed. */
export async function newContext(viewport: Size): Promise<BrowserContext> {
  started ??= start();
  const browser = await started;
  return await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
}

/** A page without a past for a window of VS Code, which has this origin. They have one profile: close the last one first. */
export async function newWindow(origin: string, viewport: Size): Promise<Page> {
  windows ??= newContext(viewport);
  const context = await windows;
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: KEPT_BY_PAGES });
  await devtools.detach();
  return page;
}

export async function closeBrowser(): Promise<void> {
  const browser = await started;
  started = undefined;
  windows = undefined;
  await browser?.close();
}
