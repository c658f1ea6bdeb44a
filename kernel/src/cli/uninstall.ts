import {
  discoverKernelSpecs,
  type FoundKernelSpec,
  NoSuchKernelError,
  removeKernelSpec,
} from '@elara/protocol/kernelspec';
import { CliError, type Command, type Invocation, parse } from './invocation.ts';
import { LANGUAGES } from './language.ts';
import { isOwnKernelSpec } from './own-kernelspec.ts';
import { kernelSpecAt, placeOf, placeOptions } from './place.ts';

const usage = `Usage: elara uninstall [--user | --prefix DIR | --sys-prefix] [--name NAME] [--force]

Removes the kernelspecs that 'elara install' wrote, from the place that is named or from where Jupyter finds them.

  --user, --prefix DIR, --sys-prefix   as for 'elara install'
  --name NAME                          only this one
  --force                              also one that another program wrote
`;

const options = { ...placeOptions, name: { type: 'string' }, force: { type: 'boolean' } } as const;

async function run({ args }: Invocation): Promise<number> {
  const { values } = parse(args, options, false);
  const place = placeOf(values);
  const present: FoundKernelSpec[] = [];
  const { found } = await discoverKernelSpecs();
  for (const name of values.name === undefined ? LANGUAGES : [values.name]) {
    const spec = place ? kernelSpecAt(name, place) : found.get(name.toLowerCase());
    if (spec === undefined) continue;
    if (isOwnKernelSpec(spec.spec) || values.force) present.push(spec);
    else if (values.name !== undefined) {
      throw new CliError(
        'ERR_FOREIGN_KERNELSPEC',
        `${spec.resourceDir} was written by another program (${spec.spec.display_name}). Remove it with --force if you mean it.`,
      );
    }
  }
  if (present.length === 0 && values.name !== undefined)
    throw new NoSuchKernelError(values.name, [...found.keys()].sort());
  if (present.length === 0) {
    throw new CliError('ERR_NOT_INSTALLED', "Nothing to remove: no kernelspec of ours is there. See 'elara list'.");
  }
  for (const { name } of present) {
    const directory = await removeKernelSpec(name, undefined, place);
    process.stdout.write(`Removed ${directory}\n`);
  }
  return 0;
}

export const command: Command = { usage, run };
