import type { Fact, GuestObservedV1, GuestObservedV1Personal } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';
import { isoOf, phonesIn, stringOf } from './kind.js';

/** Deleted for good, whatever is told afterwards. */
const GONE = 9;

export const changesOfGuest = (fact: Fact): Change[] => {
  const data = fact.data as GuestObservedV1;
  const personal = fact.personal as GuestObservedV1Personal | undefined;
  const { deleted, event: _event, guest, normaliser, rank, ...said } = data;
  return [
    {
      kind: 'guest',
      id: guest,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: { ...said, ...personal, id: guest },
      ...(deleted && { progress: { stage: GONE, fields: { deletedAt: fact.occurredAt } } }),
    },
  ];
};

interface Mention {
  readonly guest: string;
  readonly normaliser: number;
  readonly name: string | undefined;
  /** 0, or 1 for the better of two words of one moment. */
  readonly rank: number;
}

/** A reservation names its guest. That is a word of its own: it never competes with what the guest's own facts say. */
export const mentionOfGuest = (fact: Fact, { guest, name, normaliser, rank }: Mention): Change => ({
  kind: 'guest',
  id: guest,
  key: orderKey(fact.occurredAt, rank, normaliser, fact),
  fields: { id: guest, mentionedName: name },
});

const nameOf = ({ fullName, mentionedName }: JsonObject): string | undefined =>
  stringOf(fullName) ?? stringOf(mentionedName);

export const guestKind = kindOf({
  name: 'guest',
  nameOf,
  show: (values) => ({
    address: values.address,
    birthday: values.birthday,
    channelIds: values.channelIds,
    contactType: values.contactType,
    createdAt: isoOf(values.createdAt),
    firstName: values.firstName,
    fullName: nameOf(values),
    goodToKnow: values.goodToKnow,
    hometown: values.hometown,
    language: values.language,
    lastName: values.lastName,
    mails: values.mails,
    marketingAccepted: values.marketingAccepted,
    notes: values.notes,
    phones: values.phones,
    picture: values.picture,
    reachedBy: values.reachedBy,
    returning: values.returning,
    tags: values.tags,
  }),
  phonesOf: phonesIn,
});
