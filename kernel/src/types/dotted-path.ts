const PATH = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.#?[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

/** Whether a name is names and dots alone. */
export function isPlainPath(name: string): boolean {
  return PATH.test(name);
}
