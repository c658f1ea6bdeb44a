import type { Kernel } from './kernels.ts';
import type { Measure } from './measures/measure.ts';
import type { Results } from './results.ts';
import { NeverFinished, Session } from './session.ts';

/**
 * Takes every measure of one kernel in turn. A measure that it does not finish is not tried again, and the kernel is started
 * anew for the next one.
 */
export async function runOnce(kernel: Kernel, rows: readonly Measure[], results: Results): Promise<void> {
  let session: Session | undefined;
  try {
    for (const measure of rows) {
      if (results.hasFailed(kernel.name, measure.key)) continue;
      try {
        session ??= await Session.start(kernel);
        results.add(kernel.name, measure.key, await measure.run(session));
      } catch (error) {
        if (!(error instanceof NeverFinished)) throw error;
        results.fail(kernel.name, measure.key, error.message);
        session?.[Symbol.dispose]();
        session = undefined;
      }
    }
  } finally {
    session?.[Symbol.dispose]();
  }
}
