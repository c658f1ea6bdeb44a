import type { Kernel } from '@jupyterlab/services';
import type { KernelPlace, KernelSource, RunningKernel } from '../../kernels/kernel.ts';
import { bytesText, plural } from '../values.ts';

/** `away`: this window is not connected to it. */
export type KernelState = 'idle' | 'busy' | 'starting' | 'restarting' | 'unknown' | 'dead' | 'away';

/** A kernel that runs, or that this window still knows. */
export interface KernelEntry {
  /** As `RunningKernel.id` and `KernelSource.id` have it. */
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly state: KernelState;
  readonly place: KernelPlace | undefined;
  /** What else is known of one that is away. */
  readonly note: string;
  /** This window's connection, if there is one. */
  readonly kernel: RunningKernel | undefined;
}

/** What is measured or counted. */
export interface KernelFacts {
  /** Bytes; undefined: unknown. */
  readonly memory: number | undefined;
  readonly cells: number | undefined;
  /** Names of the notebooks that it runs in this window. */
  readonly notebooks: readonly string[];
}

/** Every running kernel once: those that this window is connected to first. */
export function kernelEntries(open: readonly RunningKernel[], sources: readonly KernelSource[]): KernelEntry[] {
  const entries = new Map<string, KernelEntry>();
  for (const kernel of open) {
    if (entries.has(kernel.id)) continue;
    const { id, displayName: name, language, place, connection } = kernel;
    entries.set(id, { id, name, language, place, state: stateOf(connection), note: '', kernel });
  }
  for (const { id, label: name, language, place, description } of sources) {
    if (place === undefined || entries.has(id)) continue;
    entries.set(id, { id, name, language, place, state: 'away', note: description, kernel: undefined });
  }
  return [...entries.values()];
}

function stateOf({ status, connectionStatus, isDisposed }: Kernel.IKernelConnection): KernelState {
  if (isDisposed) return 'dead';
  switch (status) {
    case 'idle':
    case 'busy':
    case 'starting':
    case 'restarting':
    case 'dead':
      return status;
    case 'autorestarting':
      return 'restarting';
    case 'terminating':
      return 'dead';
    default:
      return connectionStatus === 'connecting' ? 'starting' : 'unknown';
  }
}

const STATES: Readonly<Record<KernelState, { readonly said: string; readonly icon: string; readonly color: string }>> =
  {
    idle: { said: 'idle', icon: 'circle-filled', color: 'testing.iconPassed' },
    busy: { said: 'busy', icon: 'loading~spin', color: 'charts.yellow' },
    starting: { said: 'starting', icon: 'loading~spin', color: 'charts.blue' },
    restarting: { said: 'restarting', icon: 'loading~spin', color: 'charts.blue' },
    unknown: { said: 'connecting', icon: 'circle-outline', color: 'descriptionForeground' },
    dead: { said: 'ended', icon: 'error', color: 'testing.iconFailed' },
    away: { said: 'not connected', icon: 'circle-outline', color: 'descriptionForeground' },
  };

/** How a kernel is shown. */
export interface ShownKernel {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  /** Id of a color of the theme. */
  readonly color: string;
  /** Lines of Markdown. */
  readonly tooltip: readonly string[];
  /** For screen readers: all of it, in words. */
  readonly spoken: string;
  /** By which menus know what can be done. */
  readonly contextValue: string;
}

export function shownKernel(entry: KernelEntry, { memory, cells, notebooks }: KernelFacts): ShownKernel {
  const { name, language, state, place, note } = entry;
  const { said, icon, color } = STATES[state];
  const facts = [
    state === 'away' ? note || said : said,
    ...(memory === undefined ? [] : [bytesText(memory)]),
    ...(cells === undefined || cells === 0 ? [] : [plural(cells, 'cell')]),
  ];
  const where = place === undefined ? 'here' : place.kind === 'local' ? 'on this machine' : `on ${place.url}`;
  return {
    label: name,
    description: facts.join(' · '),
    icon,
    color,
    tooltip: [
      `**${escaped(name)}** (${facts.join(', ')})`,
      ...(language === '' ? [] : [`Language: ${escaped(language)}`]),
      ...(place?.kind === 'local' && place.pid !== undefined ? [`Process: ${place.pid}`] : []),
      ...(place?.kind === 'local' ? [`Connection file: \`${place.connectionFile}\``] : [`Runs ${where}`]),
      ...(notebooks.length > 0 ? [`Notebooks: ${notebooks.map(escaped).join(', ')}`] : []),
    ],
    spoken: [name, ...facts, ...(notebooks.length > 0 ? [`runs ${notebooks.join(', ')}`] : [])].join(', '),
    contextValue: state === 'dead' ? 'kernel ended' : `kernel running ${place?.kind ?? 'local'}`,
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>]/g, String.raw`\$&`);
}
