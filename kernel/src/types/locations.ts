import type { Location, LocationLink, Range } from 'vscode-languageserver-protocol/node';

export function uriOf(location: Location | LocationLink): string {
  return 'uri' in location ? location.uri : location.targetUri;
}

/** Of the name that is declared. */
export function rangeOf(location: Location | LocationLink): Range {
  return 'range' in location ? location.range : location.targetSelectionRange;
}
