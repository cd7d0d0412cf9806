const two = (value: number): string => String(value).padStart(2, '0');

/** A time as the reader's own clock shows it. */
export const time = (iso: string | null | undefined): string => {
  if (!iso) return '';
  const at = new Date(iso);
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${clock(at)}`;
};

/** To the millisecond, where things follow each other closely. */
export const preciseTime = (iso: string | null | undefined): string => {
  if (!iso) return '';
  return `${time(iso)}.${String(new Date(iso).getMilliseconds()).padStart(3, '0')}`;
};

const clock = (at: Date): string =>
  [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in the largest unit that says enough. */
export const ago = (iso: string | null | undefined, now: number): string => {
  if (!iso) return 'never';
  return `${duration(Math.max(0, now - Date.parse(iso)))} ago`;
};

export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 2 * MINUTE) return `${Math.round(ms / 1000)} s`;
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.round(ms / HOUR)} h`;
  return `${Math.round(ms / DAY)} days`;
};

export const count = (value: number): string => value.toLocaleString('en-GB');

export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export const bytes = (value: number): string => {
  let size = value;
  let unit = 0;
  // What would be rounded to 1024 of a unit is 1.0 of the next.
  for (; Math.round(size) >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
  const shown = unit > 0 && size < 10 ? size.toFixed(1) : Math.round(size);
  return `${shown} ${UNITS[unit] ?? ''}`;
};
