import { languages } from 'vscode';
import type { Context } from '../context.ts';
import { NOTEBOOK_TYPE } from '../contributions.ts';
import { Questions } from './asking.ts';
import { keepBuiltInServiceQuiet } from './built-in-service.ts';
import { completionProvider, TRIGGERS } from './completion.ts';
import { definitionProvider } from './definition.ts';
import { CellDiagnostics } from './diagnostics.ts';
import { hoverProvider } from './hover.ts';
import { signatureProvider } from './signature.ts';
import { TypesComms } from './types-comm.ts';

/** Completion, hover, signatures, definitions and problems of cells, from the kernel that runs them. None of them starts one. */
export function registerLanguage(context: Context): void {
  const cells = { notebookType: NOTEBOOK_TYPE };
  const questions = new Questions();
  const comms = new TypesComms();
  context.extension.subscriptions.push(
    languages.registerCompletionItemProvider(cells, completionProvider(context.sessions, questions), ...TRIGGERS),
    languages.registerHoverProvider(cells, hoverProvider(context.sessions, questions)),
    languages.registerSignatureHelpProvider(cells, signatureProvider(context.sessions, questions, comms), '(', ','),
    languages.registerDefinitionProvider(cells, definitionProvider(context.sessions, questions, comms)),
    new CellDiagnostics(context, comms),
    keepBuiltInServiceQuiet(context),
  );
}
