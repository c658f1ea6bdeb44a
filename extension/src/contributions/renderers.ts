/** What is shown in outputs by modules of `renderers/`. */
export const RENDERERS = {
  'elara.widgets': {
    name: 'Jupyter Widgets',
    entrypoint: './dist/renderers/widgets.js',
    requiresMessaging: 'optional',
    mimeTypes: ['application/vnd.jupyter.widget-view+json'],
  },
  'elara.vega': {
    name: 'Vega and Vega-Lite Charts',
    entrypoint: './dist/renderers/vega.js',
    requiresMessaging: 'never',
    // With a dot, as Altair 5 and newer write them, and with the plus sign that is right.
    mimeTypes: [
      'application/vnd.vegalite.v*+json',
      'application/vnd.vegalite.v*.json',
      'application/vnd.vega.v*+json',
      'application/vnd.vega.v*.json',
      'application/geo+json',
    ],
  },
  'elara.plotly': {
    name: 'Plotly Charts',
    entrypoint: './dist/renderers/plotly.js',
    requiresMessaging: 'never',
    mimeTypes: ['application/vnd.plotly.v1+json'],
  },
  'elara.latex': {
    name: 'LaTeX Formulas',
    entrypoint: './dist/renderers/latex.js',
    requiresMessaging: 'never',
    mimeTypes: ['text/latex'],
  },
  'elara.json': {
    name: 'JSON Trees',
    entrypoint: './dist/renderers/json.js',
    requiresMessaging: 'never',
    mimeTypes: ['application/json'],
  },
  'elara.javascript': {
    name: 'JavaScript',
    entrypoint: './dist/renderers/javascript.js',
    requiresMessaging: 'never',
    mimeTypes: ['application/javascript', 'text/javascript'],
  },
  'elara.media': {
    name: 'Sounds, Films, Images and Documents',
    entrypoint: './dist/renderers/media.js',
    requiresMessaging: 'never',
    mimeTypes: [
      'image/png',
      'image/jpeg',
      'image/gif',
      'image/webp',
      'image/avif',
      'image/bmp',
      'audio/*',
      'video/*',
      'application/pdf',
    ],
  },
} as const;

export type RendererId = keyof typeof RENDERERS;
