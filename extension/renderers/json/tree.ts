/** Children that are shown at once; the others come when they are asked for. */
const PAGE = 100;
/** Characters of a text that are shown at once. */
const MAX_TEXT = 2_000;
/** Nodes that are open from the start where all are to be. */
const MAX_OPEN = 200;

type Entry = readonly [name: string, value: unknown];

export function jsonTree(value: unknown, isExpanded: boolean): HTMLElement {
  const root = document.createElement('div');
  root.className = 'elara-json';
  root.append(node(undefined, value, { open: isExpanded ? MAX_OPEN : 1 }));
  return root;
}

/** How many nodes may still be drawn open. */
interface Budget {
  open: number;
}

function node(name: string | undefined, value: unknown, budget: Budget): HTMLElement {
  const label = name === undefined ? [] : [span('name', name), ': '];
  const entries = entriesOf(value);
  if (entries === undefined || entries.length === 0) {
    const line = document.createElement('div');
    line.append(...label, leaf(value));
    return line;
  }
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.append(...label, span('kind', kindOf(value, entries.length)));
  details.append(summary);
  const children = document.createElement('div');
  children.className = 'children';
  details.append(children);
  const fill = () => {
    if (children.childElementCount === 0) addPage(children, entries, 0, budget);
  };
  if (budget.open > 0) {
    budget.open -= 1;
    details.toggleAttribute('open', true);
    fill();
  }
  details.addEventListener('toggle', fill);
  return details;
}

function addPage(parent: HTMLElement, entries: readonly Entry[], from: number, budget: Budget): void {
  const until = Math.min(from + PAGE, entries.length);
  parent.append(...entries.slice(from, until).map(([name, value]) => node(name, value, budget)));
  if (until === entries.length) return;
  const left = entries.length - until;
  const more = document.createElement('button');
  more.textContent = `Show ${Math.min(PAGE, left)} more of ${left.toLocaleString('en')}`;
  more.addEventListener('click', () => {
    more.remove();
    addPage(parent, entries, until, { open: 0 });
  });
  parent.append(more);
}

function entriesOf(value: unknown): readonly Entry[] | undefined {
  if (Array.isArray(value)) return value.map((element, index) => [String(index), element]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

function kindOf(value: unknown, count: number): string {
  const items = Array.isArray(value) ? 'element' : 'member';
  const text = `${count.toLocaleString('en')} ${items}${count === 1 ? '' : 's'}`;
  return Array.isArray(value) ? `[ ${text} ]` : `{ ${text} }`;
}

function leaf(value: unknown): HTMLElement {
  const text = JSON.stringify(value);
  const kind = value === null ? 'null' : Array.isArray(value) || typeof value === 'object' ? 'kind' : typeof value;
  const element = span(kind, text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
  if (text.length > MAX_TEXT) element.title = `${text.length.toLocaleString('en')} characters`;
  return element;
}

function span(kind: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = kind;
  element.textContent = text;
  return element;
}
