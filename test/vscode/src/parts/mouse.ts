import type { Locator, Page } from 'playwright-core';
import { until } from '../waiting.ts';

/** How long one try to press a button may take, in milliseconds: it may go somewhere else meanwhile. */
export const PRESS_MS = 5_000;

/** Moves the mouse to where nothing answers it: the tip of a pressed button would hide what is beside it. */
export async function leave(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
}

/**
 * Presses a button that is shown only while the mouse is over something.
 *
 * @param over Moves while what is above it grows: the mouse, which stays, is then over something else.
 */
export async function pressOver(over: Locator, button: Locator): Promise<void> {
  await until(
    `${button} to be pressed`,
    async () => {
      await over.hover({ timeout: PRESS_MS });
      await button.click({ timeout: PRESS_MS });
      return true;
    },
    { page: button.page() },
  );
}
