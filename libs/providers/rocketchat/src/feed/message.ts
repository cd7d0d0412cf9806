import type { ChatMessageObservedV1, ChatMessageObservedV1Personal } from '#libs/contracts';
import { instant, objectOf, objectsOf, text, type Foreign } from '#libs/foreign';

import { feedEntityOf, ifSo, observedIn, type EntryReader } from './entry-report.js';
import { fileNames, messageText } from './message-text.js';
import { reactionsIn } from './reactions.js';
import { isEncrypted } from './standing.js';

const nameIn = (value: unknown): string | undefined => text(value) || undefined;

export const messageReader: EntryReader = {
  named: 'message',

  read(report, document) {
    const { account } = report;
    const room = feedEntityOf(account, document.rid);
    // Its room says who may read it.
    if (room === undefined) return 'rid';
    const author = objectOf(document.u) ?? {};
    const encrypted = ifSo(isEncrypted(document.t));
    const files = fileNames(document);
    const data: ChatMessageObservedV1 = {
      at: instant(document.ts),
      author: feedEntityOf(account, author._id),
      editedAt: instant(document.editedAt),
      encrypted,
      files: files?.length,
      machine: machineOf(document),
      message: report.entity,
      ...observedIn(report),
      pinned: ifSo(document.pinned),
      reactions: reactionsIn(document.reactions),
      room,
      shownInRoom: ifSo(document.tshow),
      thread: feedEntityOf(account, document.tmid),
    };
    const personal: ChatMessageObservedV1Personal = {
      alias: nameIn(document.alias),
      authorName: nameIn(author.name) ?? nameIn(author.username),
      authorUserName: nameIn(author.username),
      fileNames: files && [...files],
      text: encrypted ? undefined : messageText(document),
    };
    return { data, personal };
  },
};

/** The server itself. With another name above it, it stands for somebody whose account was deleted. */
const SERVER = 'rocket.cat';

const machineOf = ({
  alias,
  blocks,
  bot,
  u: author,
}: Foreign): ChatMessageObservedV1['machine'] => {
  if (bot === true || objectOf(bot)) return 'integration';
  if (objectsOf(blocks).some(({ appId }) => typeof appId === 'string')) return 'app';
  return objectOf(author)?._id === SERVER && nameIn(alias) === undefined ? 'bot' : undefined;
};
