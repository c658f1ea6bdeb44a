import { types } from 'node:util';
import { toCodePoints } from '@elara/protocol/code-points';
import { completionContext, HELPER, MARK } from '../../language/index.ts';
import type { CompleteCommand, CompleteOutcome } from '../../link.ts';
import { type Candidate, choose, type Description, EVERY_OBJECTS } from './candidates.ts';
import { declaredInCode } from './declared-in-code.ts';
import { KEYWORDS } from './keywords.ts';
import type { Looker } from './looker.ts';
import { signatureOf } from './parameters.ts';
import { holders, isClass, ownNames, ownProperty } from './reflection.ts';
import { resolve } from './resolve.ts';
import { specifiers } from './specifiers.ts';

/** Signatures are read from the text of functions, which takes time: an answer with more matches has none. */
const MAX_SIGNED = 50;
/** Values of so many names are looked at, to say what they are. */
const MAX_VALUES = 500;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
/** Own properties of functions, after those that somebody gave them. */
const EVERY_FUNCTIONS = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);
const INDEX = /^(?:0|[1-9]\d*)$/;

type Place = { readonly prefix: string; readonly start: number; readonly end: number };

/**
 * How code may go on at the cursor, from the values that are there. Spec: messaging, "Completion".
 *
 * `metadata._jupyter_types_experimental` says what each match is, as ipykernel does: `start` and `end` count code points,
 * as `cursor_start` and `cursor_end` of the reply do. Where there are too many matches, `metadata.elara.truncated` says
 * how many of how many are there.
 */
export class Completer {
  readonly #looker: Looker;
  readonly #folder: string;

  /** `folder`: the notebook's, from which modules are named. */
  constructor(looker: Looker, folder: string) {
    this.#looker = looker;
    this.#folder = folder;
  }

  complete({ code, cursor }: Pick<CompleteCommand, 'code' | 'cursor'>): CompleteOutcome {
    const context = completionContext(code, cursor);
    switch (context.kind) {
      case 'member':
        return this.#outcome(code, context, this.#members(context.object, isIdentifier));
      case 'key': {
        const keys = this.#members(context.object, (name) => !INDEX.test(name));
        return this.#outcome(code, context, keys, (name) => writtenKey(name, context.quote));
      }
      case 'module':
        return this.#outcome(code, context, specifiers(context.prefix, this.#folder));
      case 'name':
        return this.#outcome(code, context, this.#names(code, context));
      default:
        return { matches: [], cursorStart: cursor, cursorEnd: cursor, metadata: {} };
    }
  }

  #outcome(
    code: string,
    { prefix, start, end }: Place,
    candidates: Iterable<Candidate>,
    write: (name: string) => string = String,
  ): CompleteOutcome {
    const chosen = choose(candidates, prefix);
    const place = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
    const matches: string[] = [];
    const descriptions: object[] = [];
    for (const { name, describe } of chosen.candidates) {
      const text = write(name);
      const { type, signature, own } = describe();
      matches.push(text);
      const signed = chosen.candidates.length <= MAX_SIGNED ? signature?.() : undefined;
      descriptions.push({
        ...place,
        text,
        type,
        ...(signed !== undefined && { signature: signed }),
        ...(own && { own }),
      });
    }
    const truncated = chosen.total > matches.length && {
      elara: { truncated: { shown: matches.length, total: chosen.total } },
    };
    return {
      matches,
      cursorStart: start,
      cursorEnd: end,
      metadata: { _jupyter_types_experimental: descriptions, ...truncated },
    };
  }

  *#members(object: string, wanted: (name: string) => boolean): Generator<Candidate> {
    const looker = this.#looker;
    const seen = resolve(looker, object);
    if (seen.kind !== 'value') return;
    for (const [level, holder] of holders(looker.behindProxy(seen.value)).entries()) {
      const rank = level > 0 && holder === Object.prototype ? EVERY_OBJECTS : level;
      for (const name of ownNames(holder)) {
        if (!wanted(name) || name.endsWith(MARK)) continue;
        const after = typeof holder === 'function' && EVERY_FUNCTIONS.has(name) ? 0.5 : 0;
        const own = level === 0 && after === 0;
        yield {
          name,
          rank: rank + after,
          describe: () => ({ ...describeProperty(holder, name), ...(own && { own }) }),
        };
      }
    }
  }

  *#names(code: string, { prefix, start, end }: Place): Generator<Candidate> {
    const declared = [...this.#looker.names()];
    const likely = declared.filter((name) => name.toLowerCase().startsWith(prefix.toLowerCase()));
    const values = likely.length <= MAX_VALUES ? this.#looker.variables(likely) : undefined;
    for (const name of likely) {
      if (values === undefined) yield { name, rank: 0, describe: () => ({ type: 'instance' }) };
      else if (values.has(name)) yield { name, rank: 0, describe: () => describeValue(values.get(name)) };
    }
    for (const name of declaredInCode(`${code.slice(0, start)} ${code.slice(end)}`)) {
      yield { name, rank: 0, describe: () => ({ type: 'instance' }) };
    }
    for (const holder of holders(globalThis)) {
      if (holder === Object.prototype) continue;
      for (const name of ownNames(holder)) {
        if (name.startsWith(HELPER) || !isIdentifier(name)) continue;
        yield { name: name.replace(MARK, ''), rank: 1, describe: () => describeProperty(holder, name) };
      }
    }
    for (const name of KEYWORDS) yield { name, rank: 1, describe: () => ({ type: 'keyword' }) };
  }
}

function describeProperty(holder: object, name: string): Description {
  const property = ownProperty(holder, name);
  return property === undefined || !('value' in property) ? { type: 'property' } : describeValue(property.value);
}

function describeValue(value: unknown): Description {
  if (typeof value === 'function') {
    return { type: isClass(value) ? 'class' : 'function', signature: () => signatureOf(value) };
  }
  if (typeof value !== 'object' || value === null) return { type: 'property' };
  return { type: types.isModuleNamespaceObject(value) ? 'module' : 'instance' };
}

function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name);
}

/** A key as the string that was begun with `quote` has to have it. */
function writtenKey(name: string, quote: string): string {
  const json = JSON.stringify(name).slice(1, -1);
  return quote === '"' ? json : json.replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`);
}
