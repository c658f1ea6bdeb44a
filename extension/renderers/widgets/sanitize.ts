/** In the place of the package `sanitize-html`, which brings a parser that browsers have: what @jupyter-widgets/base-manager uses of it. */
interface Options {
  readonly allowedTags: readonly string[];
  readonly allowedAttributes: Readonly<Record<string, readonly string[]>>;
}

export default function sanitize(html: string, { allowedTags, allowedAttributes }: Options): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of [...body.querySelectorAll('*')]) {
    const name = element.localName;
    if (/^(script|style|textarea|option|noscript)$/.test(name)) element.remove();
    else if (!allowedTags.includes(name)) element.replaceWith(...element.childNodes);
    else {
      const patterns = [...(allowedAttributes['*'] ?? []), ...(allowedAttributes[name] ?? [])];
      for (const attribute of [...element.attributes]) {
        const isAllowed = patterns.some((pattern) => matches(pattern, attribute.name));
        if (!isAllowed || isScript(attribute)) element.removeAttribute(attribute.name);
      }
    }
  }
  return body.innerHTML;
}

/** @param pattern `*` at its end stands for anything. */
function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function isScript({ name, value }: Attr): boolean {
  return (name === 'href' || name === 'src') && !/^\s*(https?:|mailto:|#|\/|data:image\/)/i.test(value);
}
