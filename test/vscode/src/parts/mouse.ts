import type { Page } from 'playwright-core';

/** Moves the mouse to where nothing answers it: the tip of a pressed button would hide what is beside it. */
export async function leave(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
}
