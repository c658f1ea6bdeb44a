import { toCodePoints } from '@elara/protocol/code-points';
import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  CompletionList,
  MarkdownString,
  Range,
  type TextDocument,
} from 'vscode';
import type { Sessions } from '../session.ts';
import type { Questions } from './asking.ts';
import { completionOf, type Match } from './completion-reply.ts';
import { inspectionOf } from './inspection.ts';

/** What asks for a completion as soon as it is typed, in the languages of kernels. */
export const TRIGGERS = ['.', '"', "'", '`', '/', '@', '#', '%', '$', ':'] as const;

/** Jupyter has no list of kinds: these are what our kernel, Jedi and the rest say. */
const KINDS: Readonly<Record<string, CompletionItemKind>> = {
  function: CompletionItemKind.Function,
  method: CompletionItemKind.Method,
  property: CompletionItemKind.Property,
  field: CompletionItemKind.Field,
  instance: CompletionItemKind.Variable,
  variable: CompletionItemKind.Variable,
  const: CompletionItemKind.Constant,
  constant: CompletionItemKind.Constant,
  statement: CompletionItemKind.Variable,
  param: CompletionItemKind.Variable,
  class: CompletionItemKind.Class,
  interface: CompletionItemKind.Interface,
  type: CompletionItemKind.TypeParameter,
  enum: CompletionItemKind.Enum,
  'enum member': CompletionItemKind.EnumMember,
  module: CompletionItemKind.Module,
  namespace: CompletionItemKind.Module,
  keyword: CompletionItemKind.Keyword,
  path: CompletionItemKind.File,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  magic: CompletionItemKind.Snippet,
  command: CompletionItemKind.Snippet,
  string: CompletionItemKind.Value,
  value: CompletionItemKind.Value,
};

/** An item that can be asked about when it is looked at. */
class KernelItem extends CompletionItem {
  readonly document: TextDocument;
  /** The cell up to the item, with it. */
  readonly code: string;

  constructor(document: TextDocument, match: Match, code: string) {
    super({ label: match.text, ...(match.signature && { detail: match.signature }) }, kindOf(match));
    this.document = document;
    this.code = code;
    if (match.detail) this.detail = match.detail;
    if (match.documentation) this.documentation = new MarkdownString(match.documentation);
  }
}

/** Completion by the kernel, in its order. */
export function completionProvider(sessions: Sessions, questions: Questions): CompletionItemProvider<CompletionItem> {
  return {
    async provideCompletionItems(document, position, token) {
      const session = sessions.ofDocument(document);
      if (session === undefined) return undefined;
      const code = document.getText();
      const question = { code, cursor_pos: toCodePoints(code, document.offsetAt(position)) };
      const reply = await questions.ask(session, 'complete', (kernel) => kernel.requestComplete(question), token);
      if (reply?.content.status !== 'ok') return undefined;
      const { matches, start, end } = completionOf(code, { ...reply.content });
      const inserting = new Range(document.positionAt(start), position);
      const replacing = new Range(document.positionAt(start), document.positionAt(Math.max(end, start)));
      const typed = code.slice(start, document.offsetAt(position));
      const items = matches.map((match, index) => {
        const item = new KernelItem(document, match, code.slice(0, start) + match.text);
        item.range = replacing.contains(inserting) ? { inserting, replacing } : inserting;
        item.sortText = String(index).padStart(6, '0');
        // What replaces more than the word before the cursor is found by what stands there.
        if (!match.text.startsWith(typed)) item.filterText = `${typed}${match.text}`;
        return item;
      });
      return new CompletionList(items, false);
    },

    async resolveCompletionItem(item, token) {
      if (!(item instanceof KernelItem) || item.documentation !== undefined || item.detail !== undefined) return item;
      const session = sessions.ofDocument(item.document);
      if (session === undefined) return item;
      const question = {
        code: item.code,
        cursor_pos: toCodePoints(item.code, item.code.length),
        detail_level: 0,
      } as const;
      const reply = await questions.ask(session, 'details', (kernel) => kernel.requestInspect(question), token);
      const text = reply?.content.status === 'ok' ? inspectionOf({ ...reply.content }) : undefined;
      if (text !== undefined) item.documentation = new MarkdownString(text);
      return item;
    },
  };
}

function kindOf({ type, text }: Match): CompletionItemKind {
  return KINDS[type] ?? (text.startsWith('%') ? CompletionItemKind.Snippet : CompletionItemKind.Variable);
}
