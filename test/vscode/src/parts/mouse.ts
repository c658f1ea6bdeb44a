import type { Locator, Page } from 'playwright-core';
import { until } from '../waiting.ts';

/** How long one try to press a button may take, in milliseconds: it may go somewhere else meanwhile. */
export const PRESS_MS = 5_000;

/** Moves the mouse to where nothing answers it: the tip of a pressed button would hide what is beside it. */
export async function leave(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
}

/**
 * Clicks a button. False: VS Code has drawn it anew between press and release, as it does with the buttons of a toolbar when
 * one of them changes, so that neither the old nor the new one has heard of it.
 */
export async function click(button: Locator): Promise<boolean> {
  const listen = (element: HTMLElement | SVGElement) => {
    const nameOf = ({ tagName, ariaLabel, textContent }: Element) => `${tagName} ${ariaLabel ?? textContent}`;
    const name = nameOf(element);
    const state = { element, heard: false };
    const hear = (event: Event) => {
      state.heard = event.composedPath().some((one) => one instanceof Element && nameOf(one) === name);
    };
    element.ownerDocument.addEventListener('click', hear, { capture: true, once: true });
    return state;
  };
  const listening = await button.evaluateHandle(listen, undefined, { timeout: PRESS_MS });
  await button.click({ timeout: PRESS_MS });
  // What opens a menu does so when it is pressed: the menu is then above it, and hears the rest.
  return await listening.evaluate(({ heard, element }) => heard || element.isConnected);
}

/** Presses a button until it has heard of it. */
export async function press(button: Locator): Promise<void> {
  await until(`${button} to be pressed`, () => click(button), { page: button.page() });
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
      return await click(button);
    },
    { page: button.page() },
  );
}
