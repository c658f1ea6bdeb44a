import { Emitter } from '../../emitter.ts';
import { messageOf } from '../../log.ts';
import type { Inside, Variable, VariableSource } from './source.ts';

/** A line of the list. */
export type VariableNode = VariableLine | MoreLine | NoteLine;

export interface VariableLine {
  readonly kind: 'variable';
  /** The same for the same variable after a refresh, so that what is open stays open. */
  readonly id: string;
  readonly variable: Variable;
}

/** Stands for what comes after the first of many. */
export interface MoreLine {
  readonly kind: 'more';
  readonly id: string;
  readonly of: VariableLine;
  readonly count: number;
}

/** Says why there is nothing else. */
export interface NoteLine {
  readonly kind: 'note';
  readonly id: string;
  readonly text: string;
}

/** The variables of one kernel, as a tree that can be searched. */
export class VariablesModel {
  readonly #source: VariableSource;
  readonly #changed = new Emitter<void>();
  readonly #listening: Disposable;
  /** How many of the children of a line are shown, if it is not the first page. */
  readonly #shown = new Map<string, number>();
  #sought = '';
  #message: string | undefined;

  constructor(source: VariableSource) {
    this.#source = source;
    this.#listening = source.onDidChange(() => this.#changed.fire());
  }

  get source(): VariableSource {
    return this.#source;
  }

  get onDidChange(): Emitter<void>['event'] {
    return this.#changed.event;
  }

  /** What is to be said above the list; undefined: nothing. Known once the list was asked for. */
  get message(): string | undefined {
    return this.#message;
  }

  get sought(): string {
    return this.#sought;
  }

  /** Only variables whose name or type has this text, in whatever case. */
  set sought(text: string) {
    this.#sought = text;
    this.#changed.fire();
  }

  async roots(): Promise<readonly VariableNode[]> {
    try {
      const { variables, total } = await this.#source.list(this.#sought !== '');
      const sought = this.#sought.toLowerCase();
      const found = variables.filter(
        ({ name, type }) => name.toLowerCase().includes(sought) || type.toLowerCase().includes(sought),
      );
      this.#message = this.#messageFor(found.length, variables.length, total);
      return linesOf(found, '');
    } catch (error) {
      this.#message = messageOf(error);
      return [];
    }
  }

  async children(line: VariableLine): Promise<readonly VariableNode[]> {
    const { inside } = line.variable;
    try {
      return inside === undefined ? [] : await this.#children(line, inside);
    } catch (error) {
      // The variable is there no more, or cannot be looked at now.
      return [{ kind: 'note', id: `${line.id}/!`, text: messageOf(error) }];
    }
  }

  async #children(line: VariableLine, inside: Inside): Promise<readonly VariableNode[]> {
    const most = this.#shown.get(line.id) ?? 0;
    const variables: Variable[] = [];
    for (;;) {
      const page = await this.#source.children(inside, variables.length);
      variables.push(...page.variables);
      const rest = page.total - variables.length;
      if (page.variables.length > 0 && rest > 0 && variables.length < most) continue;
      const lines = linesOf(variables, line.id);
      // Ours come in groups, so that the first page has all of them.
      if (rest <= 0 || page.variables.length === 0 || variables.some(({ kind }) => kind === 'group')) return lines;
      return [...lines, { kind: 'more', id: `${line.id}/…`, of: line, count: rest }];
    }
  }

  /** Shows another page of what is in a variable. */
  showMore({ of, count }: MoreLine): void {
    const shown = (this.#shown.get(of.id) ?? 100) + Math.min(count, 100);
    this.#shown.set(of.id, shown);
    this.#changed.fire();
  }

  dispose(): void {
    this.#listening[Symbol.dispose]();
    this.#source.dispose();
  }

  #messageFor(found: number, listed: number, total: number): string | undefined {
    if (this.#sought !== '' && listed > 0)
      return `${found} of ${listed} variables have “${this.#sought}” in their name or type.`;
    if (total > listed && listed >= 1000) return `The first ${listed} of ${total} variables.`;
    return total === 0 ? 'No variables yet.' : undefined;
  }
}

/** Names need not differ: the keys of a map are but described. */
function linesOf(variables: readonly Variable[], parent: string): VariableLine[] {
  const seen = new Map<string, number>();
  return variables.map((variable) => {
    const count = seen.get(variable.name) ?? 0;
    seen.set(variable.name, count + 1);
    const id = `${parent}/${variable.name}${count === 0 ? '' : `#${count}`}`;
    return { kind: 'variable', id, variable };
  });
}
