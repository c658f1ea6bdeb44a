/** The packages room: what cells import by `npm:`, and `%npm`. Loaded when the first cell needs it. */
import { npmCommand } from './commands.ts';
import { Packages, type PackagesOptions } from './packages.ts';

export interface PackagesRoom {
  /** Installs what these specifiers stand for, where it is not. @throws PackageError, InterruptError */
  prepare(specifiers: readonly string[]): Promise<void>;
  /** Does what `%npm` with this rest of the line does. @throws PackageError, InterruptError */
  npm(line: string): Promise<void>;
  /** Ends what is being installed. */
  interrupt(): void;
}

export function openPackages(options: PackagesOptions): PackagesRoom {
  const packages = new Packages(options);
  return {
    prepare: (specifiers) => packages.prepare(specifiers),
    npm: (line) => npmCommand(packages, line),
    interrupt: () => packages.interrupt(),
  };
}
