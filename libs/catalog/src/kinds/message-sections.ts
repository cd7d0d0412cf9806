import { ownWords } from './own-words.js';
import { plainText } from './plain-text.js';
import type { SectionSetting } from './record-section.js';
import { after, inBrackets, labelled, listed, plainWord, words } from './section-text.js';
import { knownZone, spokenTime } from './section-times.js';
import { stringOf } from './show.js';

/** Who said it, on which side, when and over what. */
interface MessageOrigin {
  readonly at: number | undefined;
  readonly over?: string | undefined;
  readonly role: string | undefined;
  readonly who: string | undefined;
}

/** What stands above a message: in a thread, each one is read with it. */
export const messageHeading = (
  { at, over, role, who }: MessageOrigin,
  { timeZone }: SectionSetting,
): string | undefined => {
  const side = plainWord(role);
  return listed([
    words(stringOf(who) ?? side, inBrackets(stringOf(who) === undefined ? undefined : side)),
    spokenTime(at, knownZone(undefined, timeZone)),
    after('over', plainWord(over)),
  ]);
};

/** Its words, and what hangs on it; its subject alone says nothing new in a thread. */
export const messageText = (
  text: string | undefined,
  attached: readonly { readonly name?: string }[] | undefined,
  subject?: string,
): string | undefined => {
  const names = labelled('Attached', listed(attached?.map(({ name }) => name)));
  const said = ownWords(plainText(text ?? ''));
  const parts = [said.trim() === '' ? undefined : said, names].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return [labelled('Subject', stringOf(subject)), ...parts]
    .filter((part) => part !== undefined)
    .join('\n\n');
};
