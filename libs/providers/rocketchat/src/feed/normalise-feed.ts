import { orderOf, readFeed, streamOfLife, type ReadEntry } from '#libs/contracts';
import { notUnderstood, objectOf, plainOfExtended, presentAny, unread } from '#libs/foreign';
import type { Normalised, NormaliserInput, Observation } from '#libs/ports/provider';

import { answerReader } from './answer.js';
import {
  feedEntityOf,
  goneData,
  inOrder,
  type EntryReader,
  type EntryReport,
} from './entry-report.js';
import { messageReader } from './message.js';
import { memberReader, userReader } from './people.js';
import { roomReader } from './room.js';

const readers: Readonly<Record<string, EntryReader>> = {
  chat_answer: answerReader,
  chat_member: memberReader,
  chat_message: messageReader,
  chat_room: roomReader,
  chat_user: userReader,
};

/** What the database says of messages, rooms, members and accounts, each document whole. */
export const normaliseFeed = ({ account, body }: NormaliserInput): Normalised => {
  const read = readFeed(body);
  if (typeof read === 'string') return notUnderstood(read);
  const { feed } = read;
  const reader = Object.hasOwn(readers, feed) ? readers[feed] : undefined;
  if (!reader) return notUnderstood('the feed is not known');
  const told = read.entries.map((entry) => observationOf(account, { feed, reader }, entry));
  const leftOut = [...read.leftOut, ...told.filter((one) => typeof one === 'string')];
  return {
    understood: true,
    observations: told.filter((one) => typeof one !== 'string'),
    ...(leftOut.length > 0 && { leftOut }),
  };
};

/** A text says why it could not be read. */
const observationOf = (
  account: string,
  { feed, reader }: { readonly feed: string; readonly reader: EntryReader },
  { at, document, gone, id, life }: ReadEntry,
): Observation | string => {
  const entity = feedEntityOf(account, id) ?? '';
  const event = gone === undefined ? `feed.${feed}` : `feed.${feed}.gone`;
  const report: EntryReport = { account, at, event, entity, life };
  const about = {
    type: `intake.${feed}.observed.v1`,
    stream: streamOfLife(feed, entity, life),
    occurredAt: orderOf(at).occurredAt,
  };
  if (gone !== undefined) return { ...about, data: goneData(report, reader.named, gone) };
  const plain = objectOf(plainOfExtended(document)) ?? {};
  const said = reader.read(report, plain);
  if (typeof said === 'string') return unread(`the field ${said} of ${entity}`, plain[said]);
  const personal = presentAny(said.personal);
  return { ...about, data: inOrder(said.data), ...(personal && { personal }) };
};
