import type { Emitter } from '../../emitter.ts';
import type { TablePage, TableQuery } from '../table.ts';

/** A variable, or a part of one. */
export interface Variable {
  readonly name: string;
  /** In words of its language: `number`, `Map`, `DataFrame`; empty where it says nothing. */
  readonly type: string;
  /** On one line, bounded. */
  readonly value: string;
  /** `group`: some of many. `accessor`: behind a getter, which was not run. */
  readonly kind: 'data' | 'function' | 'class' | 'accessor' | 'group';
  /** What its source knows it by, to look into it; undefined: nothing is inside. */
  readonly inside?: Inside;
  /** Elements, entries or characters. */
  readonly length?: number;
  readonly bytes?: number;
  readonly shape?: readonly number[];
  /** Expression of the cells for it. */
  readonly path?: string;
  /** What the source knows its rows by; undefined: it has none. */
  readonly table?: TableSubject;
}

/** Only of meaning to its source. */
export type Inside = number | string | readonly (number | string)[];
export type TableSubject = Inside;

export interface VariableList {
  readonly variables: readonly Variable[];
  /** How many there are, of which these may be some. */
  readonly total: number;
}

/** Who tells the variables of one kernel. Every method rejects with an error that a person can do something about. */
export interface VariableSource {
  /** @param search True: all of them one by one, where they would come in groups. */
  list(search?: boolean): Promise<VariableList>;
  /** @param start Of what comes by pages. */
  children(inside: Inside, start?: number): Promise<VariableList>;
  /** Rows of a variable; undefined: this kernel gives none. */
  readonly table: ((of: TableSubject, query: TableQuery) => Promise<TablePage>) | undefined;
  /** The list may be another one now, and what is inside of its variables. */
  readonly onDidChange: Emitter<void>['event'];
  dispose(): void;
}
