import {
  type DefinitionProvider,
  Location,
  type NotebookCell,
  NotebookCellKind,
  type NotebookDocument,
  type TextDocument,
  Uri,
} from 'vscode';
import { cellIdOf } from '../notebook/cell-id.ts';
import type { Session, Sessions } from '../session.ts';
import { isOurKind, type Questions } from './asking.ts';
import { placeOfRun } from './cell-place.ts';
import { cellsBeside } from './cells.ts';
import { rangeOf } from './text-range.ts';
import type { Definition, TypesComms } from './types-comm.ts';

/** Where names of cells are declared: in the cells and files of our kernels, which alone can say it. */
export function definitionProvider(sessions: Sessions, questions: Questions, comms: TypesComms): DefinitionProvider {
  return {
    async provideDefinition(document, position, token) {
      const session = sessions.ofDocument(document);
      if (session === undefined || !isOurKind(session.kernel)) return undefined;
      const code = document.getText();
      const others = cellsBeside(document, session.notebook);
      const texts = others.map((other) => other.document.getText());
      const definitions = await questions.ask(
        session,
        'definition',
        (connection) => comms.of(connection).definitions(code, document.offsetAt(position), texts),
        token,
      );
      return definitions?.flatMap((definition) => locationOf(definition, { document, session, others }) ?? []);
    },
  };
}

interface Asked {
  readonly document: TextDocument;
  readonly session: Session;
  readonly others: readonly NotebookCell[];
}

function locationOf(definition: Definition, { document, session, others }: Asked): Location | undefined {
  switch (definition.in) {
    case 'code':
      return new Location(document.uri, rangeOf(definition));
    case 'other': {
      const cell = others[definition.index];
      return cell && new Location(cell.document.uri, rangeOf(definition));
    }
    case 'cell': {
      const place = placeOfRun(codeCells(session.notebook), definition);
      return place && new Location(place.cell.uri, rangeOf(place.extent));
    }
    case 'file':
      // The files of a server are not here.
      return session.kernel.place.kind === 'local'
        ? new Location(Uri.file(definition.path), rangeOf(definition))
        : undefined;
  }
}

function codeCells(notebook: NotebookDocument) {
  return notebook
    .getCells()
    .filter(({ kind }) => kind === NotebookCellKind.Code)
    .map((cell) => ({
      uri: cell.document.uri,
      id: cellIdOf(cell),
      count: cell.executionSummary?.executionOrder,
      lines: cell.document.getText().split(/\r?\n/),
    }));
}
