import type { Fact, GuestObservedV1, GuestObservedV1Personal } from '#libs/contracts';

import { orderKey } from '../merge/order-key.js';
import { changedAt, valuesOf, type Change } from '../merge/record-state.js';
import {
  commonFields,
  commonFieldsOf,
  idOf,
  isoOf,
  itemsOf,
  shown,
  sourceOf,
  stringOf,
  type Kind,
} from './kind.js';

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

export const guestKind: Kind = {
  name: 'guest',
  fields: commonFields,
  audience: ['staff'],

  fieldsOf: (state) => commonFieldsOf(state, valuesOf(state)),

  view(state) {
    const values = valuesOf(state);
    const id = idOf(values);
    const name = stringOf(values.fullName) ?? stringOf(values.mentionedName);
    return shown({
      address: values.address,
      birthday: values.birthday,
      channelIds: values.channelIds,
      contactType: values.contactType,
      createdAt: isoOf(values.createdAt),
      deleted: values.deletedAt !== undefined,
      deletedAt: isoOf(values.deletedAt),
      displayName: name ?? id,
      firstName: values.firstName,
      fullName: name,
      goodToKnow: values.goodToKnow,
      hometown: values.hometown,
      id,
      kind: 'guest',
      language: values.language,
      lastName: values.lastName,
      mails: values.mails,
      marketingAccepted: values.marketingAccepted,
      notes: values.notes,
      phones: values.phones,
      picture: values.picture,
      reachedBy: values.reachedBy,
      returning: values.returning,
      source: sourceOf(values),
      tags: values.tags,
      updatedAt: isoOf(changedAt(state)),
    });
  },

  phonesOf: (state) =>
    itemsOf(valuesOf(state).phones)?.flatMap(({ e164 }) => stringOf(e164) ?? []) ?? [],
};
