/** The states of widgets in the notebooks that `elara run` writes. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { notebook, Place } from './elara.ts';

const require = createRequire(import.meta.url);
const ajv = new Ajv({ strict: false });
const isStateOfWidgets = ajv.compile(require('@jupyter-widgets/schema/v2/state.schema.json'));
const isView = ajv.compile(require('@jupyter-widgets/schema/v2/view.schema.json'));

const VIEW = 'application/vnd.jupyter.widget-view+json';

interface Saved {
  readonly model_name: string;
  readonly state: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly { readonly path: readonly string[]; readonly encoding: string; readonly data: string }[];
}

interface Written {
  readonly metadata: {
    readonly widgets?: Readonly<Record<string, { readonly state: Readonly<Record<string, Saved>> }>>;
  };
  readonly cells: readonly {
    readonly outputs: readonly {
      readonly text?: readonly string[];
      readonly data?: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

async function written(place: Place, name: string): Promise<Written> {
  return JSON.parse(await place.read(name));
}

test('what widgets were at the end is saved, by the published schema', async () => {
  await using place = await Place.make();
  const cells = notebook(
    `const { IntSlider, Image, Output } = elara.widgets;
const slider = new IntSlider({ value: 3 });
slider`,
    `const picture = new Image({ value: Uint8Array.of(1, 2, 3) });
const gone = new IntSlider();
gone.close();
slider.value = 9;`,
    `const area = new Output();
area.capture(() => console.log('inside'));
console.log('below');`,
  );
  await place.write('n.ipynb', cells);
  const { code, stderr } = await place.run(['run', 'n.ipynb', '--inplace']);
  assert.equal(code, 0, stderr);
  const out = await written(place, 'n.ipynb');
  const widgets = out.metadata.widgets?.['application/vnd.jupyter.widget-state+json'];
  assert.ok(isStateOfWidgets(widgets), JSON.stringify(isStateOfWidgets.errors));
  const view = out.cells[0]?.outputs[0]?.data?.[VIEW];
  assert.ok(isView(view), JSON.stringify(isView.errors));
  const states = widgets?.state ?? {};
  const byName = (name: string) => Object.values(states).filter(({ model_name }) => model_name === name);
  assert.deepEqual(
    byName('IntSliderModel').map(({ state }) => state.value),
    [9],
  );
  assert.ok(String((view as { model_id: string }).model_id) in states);
  const [picture] = byName('ImageModel');
  assert.deepEqual(picture?.buffers, [{ path: ['value'], encoding: 'base64', data: 'AQID' }]);
  const [area] = byName('OutputModel');
  assert.deepEqual(area?.state.outputs, [{ output_type: 'stream', name: 'stdout', text: 'inside\n' }]);
  assert.deepEqual(out.cells[2]?.outputs[0]?.text, ['below\n']);
});

test('a notebook without widgets has no states, also where it had some', async () => {
  await using place = await Place.make();
  const cells = { ...notebook('1 + 1'), metadata: { widgets: { old: 1 } } };
  await place.write('n.ipynb', cells);
  assert.equal((await place.run(['run', 'n.ipynb', '--inplace'])).code, 0);
  assert.equal((await written(place, 'n.ipynb')).metadata.widgets, undefined);
});
