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

/** What people see at once; machines get everything. */
const SHOWN = 50;

/** How many of a list: what was said, else everything for a machine and a screenful for a person. */
export const limitOf = (limit: number | undefined, json: boolean): number =>
  limit ?? (json ? Infinity : SHOWN);
