import { word } from '#libs/foreign';

/** Guesty's enumerations come as `OPEN`, `in progress`, `mid-stay`: lower case, `_` for a blank. */
export const phrase = (value: unknown): string | undefined =>
  typeof value === 'string' ? word(value.trim().toLowerCase().replace(/ +/g, '_')) : undefined;

const channels: ReadonlyMap<string, string> = new Map([
  ['airbnb', 'airbnb'],
  ['airbnb2', 'airbnb'],
  ['booking', 'booking.com'],
  ['bookingcom', 'booking.com'],
  ['homeaway', 'vrbo'],
  ['homeaway2', 'vrbo'],
  ['vrbo', 'vrbo'],
]);

/** One word for one channel: in Guesty it is called one thing in messages and another in reservations. */
export const channelOf = (value: unknown): string | undefined => {
  const own = phrase(value);
  return own === undefined ? undefined : (channels.get(own) ?? own);
};
