/** Dates and times as ipywidgets writes them: objects of their parts, months from 0. */
type Parts = Readonly<Record<string, unknown>>;

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?$/;

/** A date is a day of the calendar here; a moment is written in UTC. */
export function dateToWire(value: Date, type: 'Date' | 'Datetime'): Parts {
  if (type === 'Date') return { year: value.getFullYear(), month: value.getMonth(), date: value.getDate() };
  return {
    year: value.getUTCFullYear(),
    month: value.getUTCMonth(),
    date: value.getUTCDate(),
    hours: value.getUTCHours(),
    minutes: value.getUTCMinutes(),
    seconds: value.getUTCSeconds(),
    milliseconds: value.getUTCMilliseconds(),
  };
}

/** The begin of the day here, or the moment. Not a valid date where the parts are none. */
export function dateFromWire(parts: Parts, type: 'Date' | 'Datetime'): Date {
  const [year, month, date] = ['year', 'month', 'date'].map((name) => Number(parts[name]));
  const result = new Date(0);
  if (type === 'Date') {
    result.setHours(0, 0, 0, 0);
    result.setFullYear(year ?? Number.NaN, month, date);
    return result;
  }
  result.setUTCFullYear(year ?? Number.NaN, month, date);
  result.setUTCHours(part(parts, 'hours'), part(parts, 'minutes'), part(parts, 'seconds'), part(parts, 'milliseconds'));
  return result;
}

/** Undefined for what is no time of day. */
export function timeToWire(value: string): Parts | undefined {
  const [, hours, minutes, seconds = '0', fraction = '0'] = TIME.exec(value) ?? [];
  if (hours === undefined) return undefined;
  return {
    hours: Number(hours),
    minutes: Number(minutes),
    seconds: Number(seconds),
    milliseconds: Number(fraction.padEnd(3, '0')),
  };
}

export function timeFromWire(parts: Parts): string {
  const two = (name: string): string => String(part(parts, name)).padStart(2, '0');
  const milliseconds = part(parts, 'milliseconds');
  const seconds = milliseconds === 0 ? two('seconds') : `${two('seconds')}.${String(milliseconds).padStart(3, '0')}`;
  return `${two('hours')}:${two('minutes')}${seconds === '00' ? '' : `:${seconds}`}`;
}

function part(parts: Parts, name: string): number {
  const value = parts[name] ?? 0;
  return typeof value === 'number' ? value : Number.NaN;
}
