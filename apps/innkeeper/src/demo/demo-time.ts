/** The day and the moment that everything is relative to. */
export interface DemoTime {
  /** `2026-11-30`, where the company is. */
  readonly today: string;
  readonly now: number;
}

const DAY_MS = 86_400_000;

/** A day, so many after another. */
export const dayAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

const formats = new Map<string, Intl.DateTimeFormat>();
const wallClock = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  formats.set(timeZone, made);
  return made;
};

/** The moment when clocks there show this day and time. */
export const momentAt = (day: string, time: string, timeZone: string): number => {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const shown = Date.parse(`${wallClock(timeZone).format(asUtc).replace(' ', 'T')}Z`);
  return asUtc - (shown - asUtc);
};

export const isoOf = (ms: number): string => new Date(ms).toISOString();
