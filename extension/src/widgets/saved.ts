import { toBase64 } from './base64.ts';
import type { SavedModel, SavedWidgets } from './messages.ts';
import { isRecord, type StoredModel } from './model-store.ts';

export const SAVED_TYPE = 'application/vnd.jupyter.widget-state+json';

/** @param metadata A notebook's, as VS Code has it: the file's own metadata are a member of it. */
export function savedWidgets(metadata: unknown): SavedWidgets | undefined {
  const ofFile = isRecord(metadata) ? metadata.metadata : undefined;
  const widgets = isRecord(ofFile) ? ofFile.widgets : undefined;
  const saved = isRecord(widgets) ? widgets[SAVED_TYPE] : undefined;
  return isSaved(saved) ? saved : undefined;
}

/**
 * A notebook's metadata with the state of the widgets that its outputs show, and of those that these are made of; undefined if
 * that changes nothing.
 *
 * @param shown The ids of the models in the outputs.
 */
export function withSaved(
  metadata: Readonly<Record<string, unknown>>,
  shown: readonly string[],
  models: readonly StoredModel[],
): Record<string, unknown> | undefined {
  const kept = reachable(shown, models);
  if (kept.length === 0) return undefined;
  const ofFile = isRecord(metadata.metadata) ? metadata.metadata : {};
  const widgets = isRecord(ofFile.widgets) ? ofFile.widgets : {};
  return { ...metadata, metadata: { ...ofFile, widgets: { ...widgets, [SAVED_TYPE]: toSaved(kept) } } };
}

/** How a model names another one in its state. */
const REFERENCE = /"(?:IPY_MODEL_|anywidget:)([^"]+)"/g;

function reachable(shown: readonly string[], models: readonly StoredModel[]): StoredModel[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  const found = new Set<StoredModel>();
  const look = (id: string): void => {
    const model = byId.get(id);
    if (model === undefined || found.has(model)) return;
    found.add(model);
    for (const [, other = ''] of JSON.stringify(model.state).matchAll(REFERENCE)) look(other);
  };
  shown.forEach(look);
  return [...found];
}

/** What a file saves of a kernel's widgets. */
export function toSaved(models: readonly StoredModel[]): SavedWidgets {
  return {
    version_major: 2,
    version_minor: 0,
    state: Object.fromEntries(models.map((model) => [model.id, toSavedModel(model)])),
  };
}

function toSavedModel({ state, buffers }: StoredModel): SavedModel {
  return {
    model_name: String(state._model_name),
    model_module: String(state._model_module),
    model_module_version: String(state._model_module_version),
    state,
    ...(buffers.length > 0 && {
      buffers: buffers.map(({ path, bytes }) => ({ path, encoding: 'base64' as const, data: toBase64(bytes) })),
    }),
  };
}

function isSaved(value: unknown): value is SavedWidgets {
  return (
    isRecord(value) && value.version_major === 2 && isRecord(value.state) && Object.values(value.state).every(isModel)
  );
}

function isModel(value: unknown): value is SavedModel {
  return (
    isRecord(value) &&
    typeof value.model_name === 'string' &&
    typeof value.model_module === 'string' &&
    isRecord(value.state)
  );
}
