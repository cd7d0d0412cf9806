import type { ChatAnswerObservedV1 } from '#libs/contracts';
import { instant } from '#libs/foreign';

import { feedEntityOf, observedIn, type EntryReader } from './entry-report.js';
import { reactionsIn } from './reactions.js';

/** A message of ours: where it stands, and how many people reacted. Nothing of it is personal. */
export const answerReader: EntryReader = {
  named: 'message',

  read(report, document) {
    const { account } = report;
    const room = feedEntityOf(account, document.rid);
    if (room === undefined) return 'rid';
    const data: ChatAnswerObservedV1 = {
      at: instant(document.ts),
      message: report.entity,
      ...observedIn(report),
      reactions: reactionsIn(document.reactions),
      room,
      thread: feedEntityOf(account, document.tmid),
    };
    return { data, personal: {} };
  },
};
