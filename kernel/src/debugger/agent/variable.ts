/** What agent and adapter say to each other about values. */

/** A value as a variable of the Debug Adapter Protocol shows it. */
export interface Described {
  readonly value: string;
  readonly type: string;
  /** 0: it has no parts. */
  readonly variablesReference: number;
  readonly indexedVariables?: number;
  readonly namedVariables?: number;
  readonly evaluateName?: string;
}

export interface Variable extends Described {
  readonly name: string;
  readonly presentationHint?: {
    readonly kind?: string;
    readonly attributes?: readonly string[];
    readonly visibility?: string;
  };
}

/** What of the parts of a value is asked for. */
export interface Page {
  readonly filter?: 'indexed' | 'named' | undefined;
  readonly start?: number | undefined;
  readonly count?: number | undefined;
}

export interface Listing {
  readonly variables: readonly Variable[];
  /** Whether private fields of it may be asked of the inspector, which describes all own values of the object for it. */
  readonly mayHavePrivate: boolean;
}
