import type { ChatRoomObservedV1, ChatRoomObservedV1Personal } from '#libs/contracts';
import { instant, listOf, nonEmpty, objectOf, text, type Foreign } from '#libs/foreign';

import { feedEntityOf, ifSo, observedIn, type EntryReader } from './entry-report.js';

const forms: Readonly<Record<string, ChatRoomObservedV1['form']>> = {
  c: 'channel',
  d: 'direct',
  l: 'livechat',
  p: 'group',
};

export const roomReader: EntryReader = {
  named: 'room',

  read(report, document) {
    const { account } = report;
    const data: ChatRoomObservedV1 = {
      archived: ifSo(document.archived),
      broadcast: ifSo(document.broadcast),
      createdAt: instant(document.ts),
      creator: feedEntityOf(account, objectOf(document.u)?._id),
      encrypted: ifSo(document.encrypted),
      federated: ifSo(document.federated),
      form: formOf(document),
      ...observedIn(report),
      parent: feedEntityOf(account, document.prid),
      readOnly: ifSo(document.ro),
      room: report.entity,
      team: feedEntityOf(account, document.teamId),
      teamMain: ifSo(document.teamMain),
    };
    return { data, personal: personalOf(document) };
  },
};

const formOf = ({ t: type }: Foreign): ChatRoomObservedV1['form'] =>
  typeof type === 'string' && Object.hasOwn(forms, type) ? forms[type] : 'other';

/** A channel has both names and mostly writes one twice; of a discussion the name is drawn by lot. */
const personalOf = (document: Foreign): ChatRoomObservedV1Personal => {
  const words = (value: unknown): string | undefined => text(value)?.trim() || undefined;
  const [name, title] = [words(document.name), words(document.fname)];
  return {
    announcement: words(document.announcement),
    description: words(document.description),
    name,
    people: nonEmpty((listOf(document.usernames) ?? []).flatMap((one) => words(one) ?? [])),
    title: title === name ? undefined : title,
    topic: words(document.topic),
  };
};
