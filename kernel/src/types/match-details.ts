import { CompletionResolveRequest } from 'vscode-languageserver-protocol/node';
import { within } from '../server/bounded.ts';
import type { TypedCompletion, TypedMatch } from './complete.ts';
import { markdownOf, plainDeclaration, signatureIn } from './quick-info.ts';
import type { TypeService } from './service.ts';

export interface MatchDetails {
  /** What an imported name turns out to be. */
  readonly type?: string;
  readonly signature?: string;
  /** The declaration, as the compiler writes it. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

/** What a match is, its signature and its comment, as far as they are known or come within `ms` milliseconds. */
export async function detailsOf(
  service: TypeService,
  { source }: TypedCompletion,
  matches: readonly TypedMatch[],
  ms: number,
): Promise<ReadonlyMap<TypedMatch, MatchDetails>> {
  if (source === undefined) return new Map();
  const { draft, details } = source;
  const missing = matches.filter((match) => match.item !== undefined && !details.has(match));
  if (missing.length === 0) return details;
  service.open('complete', draft);
  const all = missing.map(async (match) => {
    const known = await resolved(service, match, ms);
    if (known !== undefined) details.set(match, known);
  });
  await within(Promise.all(all), ms);
  return details;
}

async function resolved(service: TypeService, { item }: TypedMatch, ms: number): Promise<MatchDetails | undefined> {
  if (item === undefined) return undefined;
  const answer = await service.engine.request(CompletionResolveRequest.type, item, { timeoutMs: ms });
  if (answer === undefined) return undefined;
  const { detail, documentation } = answer;
  const text = markdownOf(documentation);
  const declaration = detail === undefined ? undefined : plainDeclaration(detail, service.folder);
  const signature = declaration === undefined ? undefined : signatureIn(declaration);
  const type = declaration === undefined ? undefined : typeIn(declaration);
  return {
    ...(type !== undefined && { type }),
    ...(declaration !== undefined && { detail: declaration }),
    ...(signature !== undefined && { signature }),
    ...(text !== '' && { documentation: text }),
  };
}

/** What the thing behind a name is, from its declaration. */
function typeIn(declaration: string): string | undefined {
  const [, keyword, name, type] =
    /^(function|class|interface|type|enum|const enum|namespace|module|var)\b ?([\w$]*)(?:: (\w+))?/.exec(declaration) ??
    [];
  switch (keyword) {
    case undefined:
      return undefined;
    case 'namespace':
      return 'module';
    case 'const enum':
      return 'enum';
    case 'var':
      return type === `${name}Constructor` ? 'class' : undefined;
    default:
      return keyword;
  }
}
