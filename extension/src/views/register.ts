import type { Context } from '../context.ts';
import { DataViews } from './data/data-views.ts';
import { FrontSession } from './front-session.ts';
import { registerHistoryView } from './history/register.ts';
import { registerKernelsView } from './kernels/register.ts';
import { registerVariablesView } from './variables/register.ts';

/** The views Kernels, Variables and History, and tables in tabs. */
export function registerViews(context: Context): void {
  const front = new FrontSession(context.sessions);
  context.extension.subscriptions.push(front);
  registerKernelsView(context);
  registerVariablesView(context, front, new DataViews(context));
  registerHistoryView(context, front);
}
