import type { Config } from 'vega-embed';
import { themeColor } from '../theme.ts';

/** A chart in the colours of VS Code's theme. A specification's own configuration goes before it. */
export function themeConfig(): Config {
  const text = themeColor('foreground', '#888888');
  const faint = themeColor('editorIndentGuide-background1', themeColor('editorWidget-border', '#88888866'));
  const line = themeColor('descriptionForeground', text);
  const font = getComputedStyle(document.body).fontFamily;
  const axis = { domainColor: line, gridColor: faint, tickColor: line, labelColor: text, titleColor: text };
  return {
    background: 'transparent',
    font,
    axis,
    legend: { labelColor: text, titleColor: text },
    header: { labelColor: text, titleColor: text },
    title: { color: text, subtitleColor: line },
    style: { 'guide-label': { fill: text }, 'guide-title': { fill: text }, 'group-title': { fill: text } },
    view: { stroke: faint },
    text: { color: text },
    rule: { color: text },
  } as Config;
}
