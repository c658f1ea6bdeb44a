import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Memento, NotebookCell, NotebookDocument } from 'vscode';
import type { NotebookSession } from './notebook-session.ts';
import { RememberedSessions } from './remembered.ts';

/** A notebook whose cells have these ids. */
function notebookOf(...ids: readonly (string | undefined)[]): NotebookDocument {
  const cells = ids.map((id, index) => ({ index, metadata: { id } }));
  return { uri: 'file:///a.ipynb', getCells: () => cells } as object as NotebookDocument;
}

/** What is known of a run of the last cell of one notebook, after the window has opened it as another. */
function remembered(before: NotebookDocument, after: NotebookDocument): (number | undefined)[] {
  const stored = new Map<string, unknown>();
  const state = {
    get: (key: string, otherwise: unknown) => stored.get(key) ?? otherwise,
    update: (key: string, value: unknown) => void stored.set(key, value),
  } as object as Memento;
  const cell = before.getCells().at(-1) as NotebookCell;
  const recent = [{ id: 'request', cell, startTime: 1, isEnded: false, question: undefined }];
  new RememberedSessions(state).set({ notebook: before, kernel: { id: 'k' }, recent } as object as NotebookSession);
  return new RememberedSessions(state).runsOf(after).map((run) => run.cell.index);
}

test('a cell that runs is found by its id, wherever it is', () => {
  assert.deepEqual(remembered(notebookOf('a', 'b'), notebookOf('b', 'a')), [0]);
});

test('no other cell gets the outputs of one that is there no more', () => {
  assert.deepEqual(remembered(notebookOf('a', 'unsaved'), notebookOf('a', 'b')), []);
});

test('a cell without an id is found by its place', () => {
  assert.deepEqual(remembered(notebookOf(undefined, undefined), notebookOf(undefined, undefined)), [1]);
});
