/** SVG as a document of its own: what HTML forgives in it, frontends that show it as an image do not. */

const NAMESPACES = [
  { uses: '', declares: 'xmlns=', uri: 'http://www.w3.org/2000/svg' },
  { uses: 'xlink:', declares: 'xmlns:xlink=', uri: 'http://www.w3.org/1999/xlink' },
];

/** SVG with the namespaces that it uses declared at its root, and without the entities that only HTML has. */
export function standalone(svg: string): string {
  const start = svg.indexOf('<svg');
  if (start < 0) return svg;
  const root = svg.slice(start, svg.indexOf('>', start) + 1);
  const missing = NAMESPACES.filter(({ uses, declares }) => svg.includes(uses) && !root.includes(declares));
  const declared = missing.map(({ declares, uri }) => ` ${declares}"${uri}"`).join('');
  const at = start + '<svg'.length;
  return (svg.slice(0, at) + declared + svg.slice(at)).replaceAll('&nbsp;', '&#160;');
}

/** Only where the SVG is the whole document: in an image, which has no theme around it to take its colours from. */
const PAPER = '<style>svg:root{background:#fff;color:#000}</style>';

/**
 * Drawn in the colour of the text around it, an SVG would be black on a dark theme wherever it is shown as an image (so does
 * JupyterLab, always): there it brings its own paper. In a page (VS Code, nbconvert) it keeps to the theme.
 */
export function onPaper(svg: string): string {
  if (!svg.includes('currentColor')) return svg;
  const end = svg.indexOf('>', svg.indexOf('<svg')) + 1;
  return svg[end - 2] === '/' ? svg : svg.slice(0, end) + PAPER + svg.slice(end);
}
