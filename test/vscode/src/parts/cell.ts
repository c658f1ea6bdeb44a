/** A cell of the open notebook, by its place in it. */
import type { Locator, Page } from 'playwright-core';
import { until, type WaitOptions } from '../waiting.ts';
import { leave, pressOver } from './mouse.ts';
import type { Notebook } from './notebook.ts';

/** `idle`: neither running nor run in this window. */
export type CellState = 'idle' | 'pending' | 'running' | 'done' | 'failed';

const STATES: Readonly<Record<string, CellState>> = {
  'notebook-state-pending': 'pending',
  'notebook-state-executing': 'running',
  'notebook-state-success': 'done',
  'notebook-state-error': 'failed',
};

/** Looks for what was asked for, before it is asked for again. */
const LOOKS_BEFORE_ASKING = 60;

export class Cell {
  readonly #page: Page;
  readonly #notebook: Notebook;
  readonly index: number;
  readonly row: Locator;

  constructor(page: Page, notebook: Notebook, index: number) {
    this.#page = page;
    this.#notebook = notebook;
    this.index = index;
    this.row = notebook.root.locator(`.cell-list-container .monaco-list-row[data-index="${index}"]`);
  }

  /** Scrolls until it is in sight. */
  async reveal(): Promise<void> {
    await this.#notebook.reveal(this.index);
  }

  /** The lines of its editor that are in sight. */
  async text(): Promise<string> {
    await this.reveal();
    const lines = await this.row.locator('.view-lines .view-line').evaluateAll((elements) =>
      elements
        .map((element) => ({ top: Number.parseFloat(element.style.top), text: element.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    );
    return lines.join('\n');
  }

  /** `undefined` before it was run and while it waits. */
  async executionCount(): Promise<number | undefined> {
    await this.reveal();
    const label = (await this.row.locator('.execution-count-label').textContent()) ?? '';
    const [, count] = /\[(\d+)\]/.exec(label) ?? [];
    return count === undefined ? undefined : Number(count);
  }

  async state(): Promise<CellState> {
    await this.reveal();
    const icons = this.row.locator('.cell-statusbar-container .codicon[class*="notebook-state-"]');
    const [classes = ''] = await icons.evaluateAll((elements) => elements.map((element) => element.className));
    const [, state] = Object.entries(STATES).find(([name]) => classes.includes(name)) ?? [];
    return state ?? 'idle';
  }

  /** All of its status bar: state's icon has no text, duration, what extensions add, language. */
  async status(): Promise<string[]> {
    await this.reveal();
    return (await this.row.locator('.cell-statusbar-container .cell-status-item').allTextContents()).filter(Boolean);
  }

  /** Presses what its status bar has with this text. */
  async pressStatus(text: string): Promise<void> {
    await this.reveal();
    await this.row.locator('.cell-statusbar-container .cell-status-item', { hasText: text }).click();
  }

  /** Waits for one of the states. */
  async waitFor(states: CellState | readonly CellState[], options: WaitOptions = {}): Promise<CellState> {
    const wanted = new Set([states].flat());
    let seen: CellState | undefined;
    return await until(
      `cell ${this.index} to be ${[...wanted].join(' or ')}`,
      async () => {
        seen = await this.state();
        if (!wanted.has(seen)) throw new Error(`It is ${seen}.`);
        return seen;
      },
      { page: this.#page, ...options },
    );
  }

  /** Presses one of the buttons at its left, by the name of its icon. */
  async pressButton(icon: string): Promise<void> {
    await this.reveal();
    await pressOver(this.row.locator('.cell.code'), this.row.locator(`.run-button-container .codicon-${icon}`));
  }

  /** Presses its run button. Does not wait for its end. */
  async run(): Promise<void> {
    await this.pressButton('notebook-execute');
    await leave(this.#page);
  }

  /** Presses its run button, which is a stop button while it runs. */
  async stop(): Promise<void> {
    await this.pressButton('notebook-stop');
    await leave(this.#page);
  }

  /** Runs it and resolves to `done` or `failed`. */
  async runToEnd(options: WaitOptions = {}): Promise<CellState> {
    const before = await this.executionCount();
    const label = this.row.locator('.execution-count-label');
    // A run takes the count away and gives another one, or the same after a restart.
    await label.evaluate((element) => {
      element.removeAttribute('data-ran');
      const observer = new MutationObserver(() => {
        element.setAttribute('data-ran', '');
        observer.disconnect();
      });
      observer.observe(element, { childList: true, characterData: true, subtree: true });
    });
    await this.run();
    await until(
      `cell ${this.index} to get an execution count`,
      async () => {
        const count = await this.executionCount();
        return count !== undefined && (count !== before || (await label.getAttribute('data-ran')) !== null);
      },
      { page: this.#page, ...options },
    );
    return await this.waitFor(['done', 'failed'], options);
  }

  /** Puts the cursor at the end of its text. */
  async focus(): Promise<void> {
    await this.reveal();
    await this.row.locator('.monaco-editor .view-lines').click();
    await this.untilFocused();
    await this.#page.keyboard.press('Control+End');
  }

  /** Makes it the one that commands for cells are about. */
  async select(): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press('Escape');
    const editor = this.row.locator('.monaco-editor.focused');
    await until(`cell ${this.index} to be selected`, async () => !(await editor.isVisible()), { page: this.#page });
  }

  /** Resolves when the cursor is in its text. */
  async untilFocused(): Promise<void> {
    const editor = this.row.locator('.monaco-editor.focused');
    await until(`the editor of cell ${this.index} to have the focus`, () => editor.isVisible(), { page: this.#page });
  }

  /** Types at the end of its text, key by key, as a person does: suggestions and so on come up. */
  async type(text: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.type(text);
  }

  /** Puts text in place of its text, at once. */
  async fill(text: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press('Control+a');
    await this.#page.keyboard.insertText(text);
    const firstLine = text.split('\n')[0] ?? '';
    await until(`cell ${this.index} to have its new text`, async () => (await this.text()).startsWith(firstLine), {
      page: this.#page,
    });
  }

  /** Its outputs, each one `.output` in the notebook's webview. */
  async outputs(): Promise<Locator> {
    await this.reveal();
    return await this.#notebook.outputs.of(this.row);
  }

  /** The text of its outputs as it is shown, one output after the other. */
  async outputText(): Promise<string> {
    const outputs = await this.outputs();
    return (await outputs.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  }

  /** Waits until what it shows contains this text; resolves to all of it. */
  async waitForOutput(text: string | RegExp, options: WaitOptions = {}): Promise<string> {
    return await until(
      `${text} in the output of cell ${this.index}`,
      async () => {
        const shown = await this.outputText();
        const found = typeof text === 'string' ? shown.includes(text) : text.test(shown);
        if (!found) throw new Error(`It shows:\n${shown.slice(0, 1000)}`);
        return shown;
      },
      { page: this.#page, ...options },
    );
  }

  /** Waits until there is such an element in its outputs, and resolves to it. */
  async waitForElement(selector: string, options: WaitOptions = {}): Promise<Locator> {
    return await until(
      `${selector} in the output of cell ${this.index}`,
      async () => {
        const element = (await this.outputs()).locator(selector).first();
        return (await element.isVisible()) && element;
      },
      { page: this.#page, ...options },
    );
  }

  /** Moves the mouse over a word of its text; resolves to what the hover says, when it says something. */
  async hover(word: string, wanted: RegExp = /\S/): Promise<string> {
    await this.reveal();
    const point = async (): Promise<void> => {
      const { x, y } = await this.placeOf(word);
      await this.#page.mouse.move(0, 0);
      await this.#page.mouse.move(x, y);
      await this.#page.mouse.move(x + 1, y);
    };
    await point();
    const hover = this.#page.locator('.monaco-hover:visible .hover-contents');
    return await this.#asked(`a hover over ${word} that says ${wanted}`, point, async () => {
      const said = (await hover.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
      if (!wanted.test(said)) throw new Error(`It says:\n${said}`);
      return said;
    });
  }

  /** The middle of the first occurrence of a word of its text, in the page. */
  async placeOf(word: string): Promise<{ x: number; y: number }> {
    return await until(
      `${word} in the text of cell ${this.index}`,
      () =>
        this.row.locator('.view-lines').evaluate((lines, wanted) => {
          const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const text = (node.textContent ?? '').replaceAll('\u00a0', ' ');
            const start = text.indexOf(wanted);
            if (start < 0) continue;
            const range = document.createRange();
            range.setStart(node, start);
            range.setEnd(node, start + wanted.length);
            const box = range.getBoundingClientRect();
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          }
          return undefined;
        }, word),
      { page: this.#page },
    );
  }

  /** Asks for suggestions at the cursor (which stays where it is); resolves to their labels once one is as wanted. */
  async suggestions(wanted: string | RegExp): Promise<string[]> {
    const labels = this.#page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    const ask = () => this.#page.keyboard.press('Control+Space');
    await ask();
    return await this.#asked(`a suggestion ${wanted}`, ask, async () => {
      const texts = await labels.allTextContents();
      const found = texts.some((text) => (typeof wanted === 'string' ? text === wanted : wanted.test(text)));
      if (!found) throw new Error(`There are: ${texts.join(', ')}`);
      return texts;
    });
  }

  /** Waits for the signature that comes up while a call is typed; resolves to its widget. */
  async signature(wanted: string): Promise<Locator> {
    const help = this.#page.locator('.parameter-hints-widget.visible');
    const ask = () => this.#page.keyboard.press('Control+Shift+Space');
    return await this.#asked(`the signature ${wanted}`, ask, async () => {
      const texts = await help.allInnerTexts();
      if (!texts.some((text) => text.includes(wanted))) throw new Error(`There is: ${texts.join()}`);
      return help;
    });
  }

  /** Asks again now and then: VS Code shows nothing where a busy machine has no answer in time. */
  #asked<T>(what: string, ask: () => Promise<void>, look: () => Promise<T>): Promise<T> {
    let looks = 0;
    return until(
      what,
      async () => {
        if (++looks % LOOKS_BEFORE_ASKING === 0) await ask();
        return await look();
      },
      { page: this.#page },
    );
  }

  /** How many of the underlined errors and warnings are in sight. */
  async squiggles(): Promise<{ errors: number; warnings: number }> {
    const [errors, warnings] = await Promise.all(
      ['error', 'warning'].map((kind) => this.row.locator(`.squiggly-${kind}`).count()),
    );
    return { errors: errors ?? 0, warnings: warnings ?? 0 };
  }
}
