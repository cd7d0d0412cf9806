import { InvalidArgumentError } from 'commander';

const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d{1,15}$/.test(text) || value < least)
      throw new InvalidArgumentError(`Expected a whole number from ${least} on.`);
    return value;
  };

export const positive = wholeNumber(1);
export const position = wholeNumber(0);

const SECONDS_OF = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** `90s`, `15m`, `12h`, `4000d`, as seconds. */
export const seconds = (text: string): number => {
  const [, many, unit] = /^([1-9]\d{0,9})([smhd])$/.exec(text) ?? [];
  if (many === undefined || unit === undefined)
    throw new InvalidArgumentError('Expected a duration as 90s, 15m, 12h or 4000d.');
  return Number(many) * SECONDS_OF[unit as keyof typeof SECONDS_OF];
};

/** What people see at once; machines get everything. */
const SHOWN = 50;

/** How many of a list: what was said, else everything for a machine and a screenful for a person. */
export const limitOf = (limit: number | undefined, json: boolean): number =>
  limit ?? (json ? Infinity : SHOWN);
