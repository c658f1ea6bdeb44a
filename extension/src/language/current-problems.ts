/** A text, and who checks it: problems belong to both. */
export interface Checked<Session> {
  readonly session: Session;
  readonly version: number;
}

/**
 * The problems that are to be shown for a cell.
 * @param look What there is to check now; undefined: nothing, as the cell is gone or nobody checks it.
 * @param ask What its session says of it.
 * @returns undefined: while the answer was on its way it came to be about another text, or of a kernel that is no longer the
 * cell's. What is shown stays until the next check, which is due by then.
 */
export async function currentProblems<Session, Problem>(
  look: () => Checked<Session> | undefined,
  ask: (checked: Checked<Session>) => Promise<readonly Problem[]>,
): Promise<readonly Problem[] | undefined> {
  const checked = look();
  if (checked === undefined) return [];
  const problems = await ask(checked);
  const now = look();
  if (now === undefined) return [];
  return now.session === checked.session && now.version === checked.version ? problems : undefined;
}
