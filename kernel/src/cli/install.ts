import { installKernelSpec, KernelSpecError, type KernelSpecPlace } from '@elara/protocol/kernelspec';
import { checkOption } from './check-option.ts';
import { CliError, type Command, type Invocation, parse, UsageError } from './invocation.ts';
import { isLanguage, LANGUAGES, type Language } from './language.ts';
import { logoPng, logoSvg } from './logo.ts';
import { isOwnKernelSpec, ownKernelSpec } from './own-kernelspec.ts';
import { kernelSpecAt, placeOf, placeOptions } from './place.ts';

const usage = `Usage: elara install [--user | --prefix DIR | --sys-prefix] [--name NAME] [--language LANGUAGE]
                     [--display-name TEXT] [--check MODE] [--replace]

Makes the kernels known to Jupyter: writes the kernelspecs 'typescript' and 'javascript'.

  --user               into the folder of this user (the default)
  --prefix DIR         into DIR/share/jupyter/kernels
  --sys-prefix         into the Python environment that is active (virtualenv, conda)
  --name NAME          only this one: 'typescript', 'javascript', or a name of your own
  --language LANGUAGE  typescript (the default) or javascript, for a name of your own
  --display-name TEXT  what frontends show; needs --name
  --check MODE         what cells with type errors do: error, warn (the default) or off; see 'elara kernel --help'
  --replace            also where another program's kernelspec has that name

The kernelspecs start this very Node and this very elara by their absolute paths. Install again after either moved.
`;

const options = {
  ...placeOptions,
  name: { type: 'string' },
  language: { type: 'string' },
  'display-name': { type: 'string' },
  check: { type: 'string' },
  replace: { type: 'boolean' },
} as const;

async function run({ args, entry }: Invocation): Promise<number> {
  const { values } = parse(args, options, false);
  const place = placeOf(values) ?? { user: true };
  const languages = chosen(values.name, values.language);
  const displayName = values['display-name'];
  const check = checkOption(values.check);
  if (displayName !== undefined && values.name === undefined) {
    throw new UsageError('--display-name needs --name: it cannot be the name of two kernels.');
  }
  for (const [name, language] of languages) {
    if (!values.replace) refuseForeign(name, place);
    const spec = ownKernelSpec(language, entry, { displayName, check });
    const resourceDir = await installKernelSpec({
      ...place,
      name,
      sourceFiles: {
        'kernel.json': `${JSON.stringify(spec, null, 2)}\n`,
        'logo-32x32.png': logoPng(language, 32),
        'logo-64x64.png': logoPng(language, 64),
        'logo-svg.svg': logoSvg(language),
      },
    });
    process.stdout.write(`Installed ${name} in ${resourceDir}\n`);
  }
  if (/[\\/]_npx[\\/]/.test(entry)) {
    process.stderr.write(
      `elara install: these kernels start ${entry}, which is in npx's cache and goes with it. ` +
        "For kernels that last, run 'npm install --global elara' and install from there.\n",
    );
  }
  return 0;
}

/** Names of the kernelspecs to install, with their languages. */
function chosen(name: string | undefined, language: string | undefined): [string, Language][] {
  if (language !== undefined && !isLanguage(language)) {
    throw new UsageError(`--language is typescript or javascript, not '${language}'.`);
  }
  if (name === undefined)
    return LANGUAGES.filter((one) => language === undefined || one === language).map((one) => [one, one]);
  return [[name, language ?? (isLanguage(name) ? name : 'typescript')]];
}

function refuseForeign(name: string, place: KernelSpecPlace): void {
  let present: ReturnType<typeof kernelSpecAt>;
  try {
    present = kernelSpecAt(name, place);
  } catch (error) {
    // What is there starts nothing: nobody misses it.
    if (error instanceof KernelSpecError && error.code === 'ERR_KERNELSPEC_BROKEN') return;
    throw error;
  }
  if (present === undefined || isOwnKernelSpec(present.spec)) return;
  throw new CliError(
    'ERR_FOREIGN_KERNELSPEC',
    `${present.resourceDir} is the kernelspec of another program (${present.spec.display_name}). ` +
      'Give ours another name with --name, or overwrite that one with --replace.',
  );
}

export const command: Command = { usage, run };
