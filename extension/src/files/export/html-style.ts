/** The style of an exported page: light or dark as the reader's system has it, and black on white on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1f2328; --ground: #ffffff; --soft: #59636e; --line: #d1d9e0; --code: #f6f8fa; --wrong: #cf222e; --wrong-ground: #fff0ee; --link: #0969da;
  --black: #24292f; --red: #cf222e; --green: #116329; --yellow: #7d4e00; --blue: #0969da; --magenta: #8250df; --cyan: #1b7c83; --white: #6e7781;
  --keyword: #cf222e; --string: #0a3069; --number: #0550ae; --comment: #59636e; --title: #6639ba; --type: #953800;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --ground: #0d1117; --soft: #9198a1; --line: #3d444d; --code: #151b23; --wrong: #ff7b72; --wrong-ground: #2a1215; --link: #4493f8;
    --black: #6e7681; --red: #ff7b72; --green: #3fb950; --yellow: #d29922; --blue: #58a6ff; --magenta: #bc8cff; --cyan: #39c5cf; --white: #c9d1d9;
    --keyword: #ff7b72; --string: #a5d6ff; --number: #79c0ff; --comment: #9198a1; --title: #d2a8ff; --type: #ffa657;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .6em; }
h1 { font-size: 2rem; } h2 { font-size: 1.5rem; } h3 { font-size: 1.2rem; }
a { color: var(--link); }
img, svg { max-width: 100%; }
img { height: auto; }
blockquote { margin: 1em 0; padding: 0 1em; border-left: .25em solid var(--line); color: var(--soft); }
hr { border: 0; border-top: 1px solid var(--line); }
pre, code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
:not(pre) > code { background: var(--code); padding: .15em .35em; border-radius: 4px; }
pre { margin: 0; overflow-x: auto; }
section { margin: 1.1rem 0; }
.text pre { padding: .8rem 1rem; background: var(--code); border-radius: 6px; }
.source { position: relative; border: 1px solid var(--line); border-radius: 6px; background: var(--code); }
.source pre { padding: .8rem 1rem; }
.count { position: absolute; right: .6rem; top: .45rem; color: var(--soft); font: 11px ui-monospace, monospace; }
.output { margin-top: .6rem; padding: 0 1rem; overflow-x: auto; }
.output pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.output.stderr { border-left: 3px solid var(--yellow); }
.output.error { border-left: 3px solid var(--wrong); background: var(--wrong-ground); padding-block: .5rem; }
table { border-collapse: collapse; font-size: .9em; }
th, td { border: 1px solid var(--line); padding: .3em .7em; text-align: left; }
thead th { background: var(--code); }
.katex-html { display: none; }
.katex-display { display: block; text-align: center; margin: 1em 0; }
.hljs-keyword, .hljs-literal, .hljs-meta, .hljs-built_in.hljs-keyword { color: var(--keyword); }
.hljs-string, .hljs-regexp, .hljs-template-tag { color: var(--string); }
.hljs-number, .hljs-attr, .hljs-attribute, .hljs-property, .hljs-variable.constant_ { color: var(--number); }
.hljs-comment, .hljs-quote { color: var(--comment); }
.hljs-title, .hljs-section, .hljs-name { color: var(--title); }
.hljs-type, .hljs-built_in, .hljs-class, .hljs-symbol { color: var(--type); }
.hljs-emphasis { font-style: italic; } .hljs-strong { font-weight: bold; }
${['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']
  .map(
    (name) =>
      `.ansi-${name}, .ansi-bright-${name} { color: var(--${name}); } .ansi-on-${name}, .ansi-on-bright-${name} { background: color-mix(in srgb, var(--${name}) 30%, transparent); }`,
  )
  .join('\n')}
.ansi-ground { color: var(--ground); } .ansi-on-ink { background: var(--ink); }
.ansi-bold { font-weight: bold; } .ansi-dim { opacity: .7; } .ansi-italic { font-style: italic; } .ansi-underlined { text-decoration: underline; }
@media print { main { max-width: none; padding: 0; } .source, .output { break-inside: avoid; } }
`.trim();

/** For what outputs bring of HTML: each is a world of its own, so that its style does not reach the page. */
export const OUTPUT_STYLE =
  'table{border-collapse:collapse;font-size:.9em}th,td{border:1px solid var(--line);padding:.3em .7em;text-align:left}thead th{background:var(--code)}img,svg{max-width:100%}a{color:var(--link)}';
