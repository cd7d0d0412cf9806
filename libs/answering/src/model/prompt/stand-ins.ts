/** Stands for personal values on the way to a model; the same value has the same stand-in throughout one answer. */
export interface StandIns {
  /** Values of records that must not leave: names as their fields have them. */
  know(names: readonly string[]): void;
  hide(text: string): string;
  show(text: string): string;
}

/** Nothing is replaced. */
export const noStandIns: StandIns = {
  know: () => undefined,
  hide: (text) => text,
  show: (text) => text,
};

const MAIL = /[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** As phones are written; a date or a plain number of a few digits is none. */
const PHONE = /(?<![\p{L}\p{N}])(?:(?:\+|00)\d|\(?0\d)[\d\s()/.‑–-]{5,20}\d(?![\p{L}\p{N}])/gu;
const CARD = /(?<![\p{L}\p{N}])(?:\d[ -]?){12,18}\d(?![\p{L}\p{N}])/gu;
const STAND_IN = /(?<![\p{L}\p{N}])(?:Person|Mail|Phone|Card)[A-Z]+\d?(?![\p{L}\p{N}])/gu;
/** A shorter piece of a name is mostly a word of its own. */
const SHORTEST = 3;

/** `A` to `Z`, `AA`, …: letters, so that no check of numbers takes one for a number. */
const lettersOf = (number: number): string =>
  number < 26
    ? String.fromCharCode(65 + number)
    : lettersOf(Math.floor(number / 26) - 1) + lettersOf(number % 26);

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');

export const createStandIns = (): StandIns => {
  const standIns = new Map<string, string>();
  const values = new Map<string, string>();
  const counts = new Map<string, number>();
  let names: RegExp | undefined;

  const standInFor = (value: string, sort: string): string => {
    const key = `${sort} ${value.toLowerCase()}`;
    const known = standIns.get(key);
    if (known !== undefined) return known;
    const number = counts.get(sort) ?? 0;
    counts.set(sort, number + 1);
    const made = `${sort}${lettersOf(number)}`;
    standIns.set(key, made);
    values.set(made, value);
    return made;
  };

  const known = new Set<string>();
  const know = (given: readonly string[]): void => {
    const before = known.size;
    for (const name of given) {
      const whole = name.trim().replaceAll(/\s+/gu, ' ');
      if (whole.length < SHORTEST || !/\p{L}/u.test(whole) || whole.includes('@')) continue;
      known.add(whole);
      for (const part of whole.split(/[\s,]+/u)) if (part.length >= SHORTEST) known.add(part);
    }
    if (known.size === before) return;
    const longestFirst = [...known].sort((one, other) => other.length - one.length);
    const written = longestFirst.map((name) => escaped(name).replaceAll(' ', '\\s+')).join('|');
    names = new RegExp(`(?<![\\p{L}\\p{N}])(?:${written})(?![\\p{L}\\p{N}])`, 'giu');
  };

  return {
    know,
    hide: (text) => {
      const hidden = text
        .replaceAll(MAIL, (mail) => standInFor(mail, 'Mail'))
        .replaceAll(CARD, (card) => standInFor(card, 'Card'))
        .replaceAll(PHONE, (phone) => standInFor(phone, 'Phone'));
      return names ? hidden.replaceAll(names, (name) => standInFor(name, 'Person')) : hidden;
    },
    show: (text) => text.replaceAll(STAND_IN, (standIn) => values.get(standIn) ?? standIn),
  };
};
