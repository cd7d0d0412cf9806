import type { ChatAccount, RoomMessage } from '#libs/ports/chat';

/** How a text speaks to us, and what it says without that. */
export interface SpokenTo {
  /** It begins with a trigger, or with our name. */
  readonly isFirst: boolean;
  /** It names us somewhere, or began with a trigger. */
  readonly isSpoken: boolean;
  readonly text: string;
}

const PART_OF_A_WORD = /^[\p{L}\p{M}\p{N}_]/u;
const BETWEEN = /^[\s,:;–—-]+/u;

/** Takes triggers at the beginning and our name anywhere off a text. */
export const spokenTo = (
  { text, mentions }: Pick<RoomMessage, 'text' | 'mentions'>,
  self: ChatAccount,
  triggers: readonly string[],
): SpokenTo => {
  const longestFirst = triggers
    .map((trigger) => trigger.normalize('NFC').trim())
    .filter(Boolean)
    .toSorted((a, b) => b.length - a.length);
  let rest = text.normalize('NFC').trim();
  let isFirst = false;
  for (;;) {
    const length = triggerLength(rest, longestFirst) ?? nameLength(rest, self.userName);
    if (length === undefined) break;
    isFirst = true;
    rest = rest.slice(length).replace(BETWEEN, '');
  }
  const without = withoutName(rest, self.userName);
  return {
    isFirst,
    isSpoken: isFirst || without !== rest || mentions.includes(self.id),
    text: without.trim(),
  };
};

const triggerLength = (text: string, triggers: readonly string[]): number | undefined => {
  const found = triggers.find((trigger) => {
    if (text.slice(0, trigger.length).toLowerCase() !== trigger.toLowerCase()) return false;
    // `!ask` is no beginning of `!asking`; after `?` anything may follow.
    const endsInWord = PART_OF_A_WORD.test(trigger.slice(-1));
    return !endsInWord || !PART_OF_A_WORD.test(text.slice(trigger.length));
  });
  return found?.length;
};

/** Of `@name` at the beginning; `@name.other` and `@name2` are others. */
const nameLength = (text: string, userName: string): number | undefined =>
  nameIn(userName, '^').exec(text)?.[0].length;

const nameIn = (userName: string, before: string): RegExp =>
  new RegExp(
    `${before}@${escaped(userName)}(?![\\p{L}\\p{M}\\p{N}_@-]|[.:][\\p{L}\\p{N}_-])`,
    'iu',
  );

const withoutName = (text: string, userName: string): string =>
  text.replaceAll(
    new RegExp(nameIn(userName, '(?<![\\p{L}\\p{M}\\p{N}_@.-])').source + '[ \\t]*', 'giu'),
    '',
  );

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
