import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ansiToHtml, plainText } from './ansi.ts';
import {
  ERROR,
  type ExportedCell,
  type ExportedNotebook,
  type ExportedOutput,
  MOST_CHARACTERS,
  STDERR,
  STDOUT,
} from './exported-notebook.ts';
import { toHtml } from './html.ts';
import { toMarkdown } from './markdown.ts';
import { toScript } from './script.ts';

const PNG = Buffer.from('iVBORw0KGgo=', 'base64');

function output(items: Record<string, string | Uint8Array>): ExportedOutput {
  return Object.entries(items).map(([mime, data]) => ({
    mime,
    data: typeof data === 'string' ? new TextEncoder().encode(data) : data,
  }));
}

function code(text: string, ...outputs: ExportedOutput[]): ExportedCell {
  return { kind: 'code', language: 'typescript', text, executionOrder: 1, outputs };
}

function markdown(text: string, attachments: Record<string, Uint8Array> = {}): ExportedCell {
  const pictures = Object.entries(attachments).map(([name, data]) => [name, { mime: 'image/png', data }] as const);
  return { kind: 'markdown', text, attachments: new Map(pictures) };
}

function notebook(...cells: ExportedCell[]): ExportedNotebook {
  return { title: 'A <title>', language: 'typescript', cells };
}

/** Markdown of tests is not rendered but for fences. */
const render = async (text: string): Promise<string> =>
  text.startsWith('```') ? `<pre><code>${text.split('\n').slice(1, -1).join('\n')}</code></pre>` : `<p>${text}</p>`;

describe('a script', () => {
  const isCode = (text: string): boolean => !text.startsWith('%');

  test('has cells with markers, texts as comments', () => {
    const script = toScript(notebook(markdown('# Title\n\nText'), code('const a = 1;\na')), isCode);
    assert.equal(script, '// %% [markdown]\n// # Title\n//\n// Text\n\n// %%\nconst a = 1;\na\n');
  });

  test('has lines for the kernel as comments, but not lines of a template that look so', () => {
    assert.equal(toScript(notebook(code('%time f()\nf()')), isCode), '// %%\n// %time f()\nf()\n');
    assert.equal(toScript(notebook(code('x = `\n%time\n`')), isCode), '// %%\nx = `\n%time\n`\n');
  });

  test('of another language has its comments, and other cells in them', () => {
    const cells: ExportedCell[] = [
      { kind: 'code', language: 'python', text: 'a = 1', executionOrder: 1, outputs: [] },
      { kind: 'code', language: 'shellscript', text: 'ls', executionOrder: 2, outputs: [] },
    ];
    const script = toScript({ title: '', language: 'python', cells }, () => true);
    assert.equal(script, '# %%\na = 1\n\n# %% [shellscript]\n# ls\n');
  });
});

describe('Markdown', () => {
  test('has code, and outputs as texts', () => {
    const { text } = toMarkdown(
      notebook(
        markdown('# Title'),
        code('1 + 1', output({ 'text/plain': '2' })),
        code(
          'f()',
          output({ [STDOUT]: 'a\n' }),
          output({ [STDOUT]: '\x1b[31mb\x1b[0m\n' }),
          output({ [STDERR]: 'c\n' }),
        ),
      ),
      'n_files',
    );
    assert.equal(
      text,
      '# Title\n\n```ts\n1 + 1\n```\n\n```text\n2\n```\n\n```ts\nf()\n```\n\n```text\na\nb\n```\n\n```text\nc\n```\n',
    );
  });

  test('has pictures beside it', () => {
    const { text, files } = toMarkdown(
      notebook(code('p', output({ 'text/plain': 'Plot [1]', 'image/png': PNG }))),
      'my plots_files',
    );
    assert.equal(text, '```ts\np\n```\n\n![Plot  1](my%20plots_files/cell-1-1.png)\n');
    assert.deepEqual(files, new Map([['cell-1-1.png', PNG]]));
  });

  test('has attached pictures beside it', () => {
    const { text, files } = toMarkdown(notebook(markdown('![a](attachment:a%20b.png)', { 'a b.png': PNG })), 'f');
    assert.equal(text, '![a](f/cell-1-a%20b.png)\n');
    assert.deepEqual([...files.keys()], ['cell-1-a b.png']);
  });

  test('fences code that has fences', () => {
    const { text } = toMarkdown(notebook(code('`\n```\n`')), 'f');
    assert.equal(text, '````ts\n`\n```\n`\n````\n');
  });

  test('has tables as HTML in one block, errors as their stack, formulas', () => {
    const { text } = toMarkdown(
      notebook(
        code(
          't',
          output({ 'text/html': '<style>x</style><table>\n\n<tr></tr>\n</table>', 'text/plain': 't' }),
          output({ [ERROR]: JSON.stringify({ name: 'E', message: 'm', stack: '\x1b[31mE: m\x1b[0m\n  at 1' }) }),
          output({ 'text/latex': 'x^2' }),
        ),
      ),
      'f',
    );
    assert.equal(text, '```ts\nt\n```\n\n<table>\n<tr></tr>\n</table>\n\n```text\nE: m\n  at 1\n```\n\n$$\nx^2\n$$\n');
  });
});

describe('a page', () => {
  test('loads nothing from elsewhere and runs no script', async () => {
    const html = await toHtml(
      notebook(code('1', output({ 'text/html': '<script>alert(1)</script><b>x</b>' }))),
      render,
    );
    assert.match(html, /Content-Security-Policy" content="default-src 'none'; img-src data:/);
    assert.doesNotMatch(html, /(?:src|href)="(?!data:)/);
    assert.match(html, /<title>A &lt;title&gt;<\/title>/);
  });

  test('escapes texts and errors, and shows their colours', async () => {
    const html = await toHtml(
      notebook(
        code(
          '1',
          output({ [STDOUT]: '<b>\x1b[1;32mgreen\x1b[0m' }),
          output({ [ERROR]: JSON.stringify({ name: 'E', message: '<i>' }) }),
        ),
      ),
      render,
    );
    assert.match(html, /&lt;b&gt;<span class="ansi-green ansi-bold">green<\/span>/);
    assert.match(html, /<div class="output error"><pre>E: &lt;i&gt;<\/pre>/);
  });

  test('keeps what an output brings of HTML in its place', async () => {
    const html = await toHtml(
      notebook(code('1', output({ 'text/html': '</template></div></main><meta http-equiv="refresh">' }))),
      render,
    );
    assert.equal(html.match(/<\/template>/g)?.length, 1);
    assert.doesNotMatch(html, /<meta http-equiv="refresh"/);
  });

  test('has pictures inside, attached ones too', async () => {
    const html = await toHtml(
      notebook(
        code('1', output({ 'image/png': PNG, 'text/plain': '"quoted"' })),
        markdown('![a](attachment:a.png)', { 'a.png': PNG }),
      ),
      render,
    );
    assert.match(html, /<img src="data:image\/png;base64,iVBORw0KGgo=" alt="&quot;quoted&quot;">/);
    assert.match(html, /!\[a\]\(data:image\/png;base64,iVBORw0KGgo=\)/);
  });

  test('has pictures of the size that the kernel gives', async () => {
    const metadata = { metadata: { 'image/png': { width: 90, height: 60 } } };
    const html = await toHtml(notebook(code('1', [{ mime: 'image/png', data: PNG, metadata }])), render);
    assert.match(html, /<img [^>]*style="width: 90px; aspect-ratio: 90 \/ 60">/);
  });

  test('shows a long text in bounds', async () => {
    const html = await toHtml(notebook(code('1', output({ [STDOUT]: 'x'.repeat(MOST_CHARACTERS + 1234) }))), render);
    assert.match(html, /… 1,234 characters more, in the notebook …/);
  });
});

describe('control sequences', () => {
  test('are taken away', () => {
    assert.equal(plainText('\x1b[1mbold\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07'), 'bold link');
    assert.equal(plainText('10 %\r20 %\r\ndone\b\b\b.'), '20 %\nd.');
  });

  test('colours of 256 and of red, green, blue; inverse', () => {
    assert.equal(ansiToHtml('\x1b[38;5;196mr'), '<span style="color:#ff0000">r</span>');
    assert.equal(ansiToHtml('\x1b[48;2;1;2;3mr\x1b[49m.'), '<span style="background:#010203">r</span>.');
    assert.equal(ansiToHtml('\x1b[7mi'), '<span class="ansi-ground ansi-on-ink">i</span>');
  });
});
