// What is known of the variables of the cells.

declare namespace ElaraVariables {
  /** A variable of the cells. */
  interface Row {
    readonly name: string;
    readonly type: string;
    /** On one line, and bounded. */
    readonly value: string;
    /** Elements, entries or characters. */
    readonly length?: number;
    readonly bytes?: number;
    /** `[3, 2]` for three rows of two. */
    readonly shape?: readonly number[];
  }
}

interface Elara {
  /** The variables of the cells, sorted by name: the first thousand. Runs none of their getters. */
  variables(): ElaraVariables.Row[];
}
