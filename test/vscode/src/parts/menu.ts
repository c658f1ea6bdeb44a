import type { Locator, Page } from 'playwright-core';
import { until } from '../waiting.ts';

/** How long one click may take, in milliseconds: the menu may close meanwhile. */
const CLICK_MS = 1000;

/** Chooses a line of the menu that is open; resolves when the menu is closed. */
export async function chooseLine(page: Page, line: Locator): Promise<void> {
  await line.waitFor();
  // A menu does not hear the mouse in the moment in which it opens.
  await until(
    'the menu to close after a line of it was clicked',
    async () => {
      if (await line.isVisible()) await line.click({ timeout: CLICK_MS }).catch(() => undefined);
      return !(await line.isVisible());
    },
    { page },
  );
}
