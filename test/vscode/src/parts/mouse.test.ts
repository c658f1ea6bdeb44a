import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeBrowser, newContext } from '../browser.ts';
import { click, pressOver } from './mouse.ts';

after(closeBrowser);

test('a button that leaves the mouse while it is being pressed is looked for again', async () => {
  const context = await newContext({ width: 600, height: 400 });
  const page = await context.newPage();
  // As a cell under one whose output grows: what grows covers the button once the mouse is over it.
  await page.setContent(`
    <style>
      #above { height: 20px; background: silver }
      #cell { height: 60px }
      #cell:not(:hover) button { display: none }
    </style>
    <div id="above"></div>
    <div id="cell"><button>Run</button></div>`);
  await page.evaluate(() => {
    const button = document.querySelector('button');
    const above = document.querySelector<HTMLElement>('#above');
    if (!button || !above) throw new Error('The page has no button.');
    let covered = false;
    const cover = () => {
      if (!covered && button.checkVisibility()) {
        covered = true;
        above.style.height = '200px';
      }
      if (!covered) requestAnimationFrame(cover);
    };
    cover();
    button.addEventListener('click', () => {
      button.textContent = 'Pressed';
    });
  });
  await pressOver(page.locator('#cell'), page.getByRole('button'));
  assert.equal(await page.locator('button').textContent(), 'Pressed');
  await context.close();
});

test('a button that is drawn anew while it is being pressed has not heard of it', async () => {
  const context = await newContext({ width: 600, height: 400 });
  const page = await context.newPage();
  await page.setContent('<ul><li><a href="#" role="button">Interrupt</a></li></ul><p></p>');
  await page.evaluate(() => {
    const [item, said] = ['li', 'p'].map((name) => document.querySelector(name));
    if (!item || !said) throw new Error('The page has no list.');
    item.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLAnchorElement) said.textContent = 'Interrupted';
    });
    item.addEventListener(
      'mousedown',
      () => {
        item.replaceChildren(...[...item.childNodes].map((node) => node.cloneNode(true)));
      },
      { once: true },
    );
  });
  const button = page.getByRole('button');
  assert.equal(await click(button), false);
  assert.equal(await page.locator('p').textContent(), '');
  assert.equal(await click(button), true);
  assert.equal(await page.locator('p').textContent(), 'Interrupted');
  await context.close();
});
