import type {
  ChatMemberObservedV1,
  ChatMemberObservedV1Personal,
  ChatUserObservedV1,
  ChatUserObservedV1Personal,
} from '#libs/contracts';
import { flag, instant, objectOf, text, word } from '#libs/foreign';

import { feedEntityOf, ifSo, labelsOf, observedIn, type EntryReader } from './entry-report.js';

const nameIn = (value: unknown): string | undefined => text(value) || undefined;

export const memberReader: EntryReader = {
  named: 'member',

  read(report, document) {
    const { account } = report;
    const room = feedEntityOf(account, document.rid);
    if (room === undefined) return 'rid';
    const user = objectOf(document.u) ?? {};
    const data: ChatMemberObservedV1 = {
      member: report.entity,
      ...observedIn(report),
      roles: labelsOf(document.roles)?.slice(),
      room,
      since: instant(document.ts),
      status: word(document.status),
      user: feedEntityOf(account, user._id),
    };
    const personal: ChatMemberObservedV1Personal = {
      name: nameIn(user.name),
      userName: nameIn(user.username),
    };
    return { data, personal };
  },
};

export const userReader: EntryReader = {
  named: 'user',

  read(report, document) {
    const data: ChatUserObservedV1 = {
      active: flag(document.active),
      createdAt: instant(document.createdAt),
      federated: ifSo(document.federated),
      ...observedIn(report),
      roles: labelsOf(document.roles)?.slice(),
      type: word(document.type),
      user: report.entity,
    };
    const personal: ChatUserObservedV1Personal = {
      name: nameIn(document.name),
      userName: nameIn(document.username),
    };
    return { data, personal };
  },
};
