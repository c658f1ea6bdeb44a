/** .vscode: what F5 and the tasks start is there. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

// VS Code's variables, which only look like templates.
const FILE = ['$', '{file}'].join('');
const WORKSPACE = ['$', '{workspaceFolder}'].join('');

const ROOT = join(import.meta.dirname, '../..');

async function readJson<T>(file: string): Promise<T> {
  const value: T = JSON.parse(await readFile(join(ROOT, file), 'utf8'));
  return value;
}

interface Configuration {
  readonly name: string;
  readonly type: string;
  readonly program?: string;
  readonly cwd?: string;
  readonly args?: readonly string[];
  readonly preLaunchTask?: string;
}

interface Launch {
  readonly configurations: readonly Configuration[];
}

interface Tasks {
  readonly tasks: readonly { readonly label: string; readonly script?: string; readonly args?: readonly string[] }[];
}

test('every launch entry starts a program that is there, in a folder that is there', async () => {
  const { configurations } = await readJson<Launch>('.vscode/launch.json');
  for (const { name, program, cwd } of configurations.filter(({ type }) => type === 'node')) {
    assert.ok(program !== undefined && cwd !== undefined, name);
    const paths = [program, cwd].filter((path) => path !== FILE);
    for (const path of paths) assert.ok(existsSync(path.replace(WORKSPACE, ROOT)), `${name}: ${path}`);
  }
});

test('the launch entry of the extension builds it, and starts VS Code with it in a folder of notebooks', async () => {
  const { configurations } = await readJson<Launch>('.vscode/launch.json');
  const { tasks } = await readJson<Tasks>('.vscode/tasks.json');
  const { args = [], preLaunchTask } = configurations.find(({ type }) => type === 'extensionHost') ?? {};
  const [extension, folder] = args.map((arg) =>
    arg.replace('--extensionDevelopmentPath=', '').replace(WORKSPACE, ROOT),
  );
  assert.ok(existsSync(join(extension ?? '', 'package.json')));
  assert.ok(existsSync(folder ?? ''));
  assert.ok(tasks.some(({ label }) => label === preLaunchTask));
});

test('every task runs a script that is there', async () => {
  const { tasks } = await readJson<Tasks>('.vscode/tasks.json');
  const { scripts } = await readJson<{ scripts: Record<string, string> }>('package.json');
  for (const { label, script, args = [] } of tasks) {
    if (script !== undefined) assert.ok(script in scripts, `${label}: npm run ${script}`);
    const [, npmScript] = /^run (\S+)/.exec(args.join(' ')) ?? [];
    if (npmScript !== undefined) assert.ok(npmScript in scripts, `${label}: npm run ${npmScript}`);
    for (const file of args.filter((arg) => arg.endsWith('.ts'))) assert.ok(existsSync(join(ROOT, file)), label);
  }
});
