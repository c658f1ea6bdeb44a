/** An error in the place of what it has prevented: what happened, and the details of it folded below. */
export function explained(what: string, error: unknown): HTMLElement {
  const place = document.createElement('div');
  place.className = 'elara-problem';
  place.setAttribute('role', 'alert');
  const line = document.createElement('div');
  line.textContent = `${what} ${error instanceof Error ? error.message : String(error)}`;
  place.append(line);
  if (error instanceof Error && error.stack !== undefined) {
    const details = document.createElement('details');
    const summary = Object.assign(document.createElement('summary'), { textContent: 'Details' });
    details.append(summary, Object.assign(document.createElement('pre'), { textContent: error.stack }));
    place.append(details);
  }
  return place;
}
