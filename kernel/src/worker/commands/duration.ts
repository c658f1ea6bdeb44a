/** A time in ns in a unit that suits it, with three digits that count: `12.3 ms`. */
export function durationText(ns: number): string {
  const rounded = Number(ns.toPrecision(3));
  if (rounded < 1e3) return `${number(rounded)} ns`;
  if (rounded < 1e6) return `${number(rounded / 1e3)} µs`;
  if (rounded < 1e9) return `${number(rounded / 1e6)} ms`;
  if (ns < 60e9) return `${number(rounded / 1e9)} s`;
  const seconds = Math.round(ns / 1e9);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = [hours > 0 && `${hours} h`, `${minutes} min`, hours === 0 && `${seconds % 60} s`];
  return parts.filter((part) => part !== false).join(' ');
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}
