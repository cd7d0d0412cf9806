import {
  guestObservedV1,
  reservationObservedV1,
  type GuestObservedV1Personal,
} from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { phoneScopes } from './scopes.js';
import { after, labelled, listed, plainWord, prose, sectionsIn } from './section-text.js';
import { spokenDate } from './section-times.js';
import { e164In, isoOf, stringOf } from './show.js';
import { flag, instant, one, progress, text, texts, type ValuesOf } from './values.js';

/** Deleted for good, for any later fact. */
const GONE = 9;

const values = {
  address: text,
  birthday: text,
  channelIds: one<readonly { readonly channel: string; readonly id: string }[]>(),
  contactType: text,
  createdAt: instant,
  deletedAt: progress<number>(),
  firstName: text,
  fullName: text,
  goodToKnow: text,
  hometown: text,
  language: text,
  lastName: text,
  mails: texts,
  marketingAccepted: flag,
  /** What a reservation calls its guest. */
  mentionedName: text,
  notes: text,
  phones: one<NonNullable<GuestObservedV1Personal['phones']>>(),
  picture: text,
  reachedBy: texts,
  returning: flag,
  tags: texts,
};

const nameOf = ({ fullName, mentionedName }: ValuesOf<typeof values>): string | undefined =>
  stringOf(fullName) ?? stringOf(mentionedName);

export const guestKind = defineKind({
  name: 'guest',
  values,
  from: (when) => [
    when(guestObservedV1, ({ fact, data, personal }) => {
      const { deleted, event: _event, guest, normaliser: _normaliser, rank: _rank, ...rest } = data;
      return {
        fields: { ...rest, ...personal, id: guest },
        progress: deleted && { stage: GONE, fields: { deletedAt: fact.occurredAt } },
      };
    }),
    // A reservation names its guest. That is a value of its own: it never competes with what the guest's own facts say.
    when(reservationObservedV1, ({ data: { answer, guest }, personal: { guestName } }) =>
      guest === undefined
        ? undefined
        : {
            rank: answer ? 1 : 0,
            fields: { id: guest, mentionedName: guestName },
          },
    ),
  ],
  nameOf,
  view: (values) => ({
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
  sections: (values) =>
    sectionsIn([
      {
        path: 'guest',
        heading: 'Guest',
        text: prose(
          after('Guest', nameOf(values)),
          labelled('Phones', listed(values.phones?.map(({ e164, raw }) => e164 ?? raw))),
          labelled('Mails', listed(values.mails)),
          labelled('Hometown', values.hometown),
          labelled('Address', values.address),
          labelled('Language', values.language),
          labelled('Birthday', spokenDate(values.birthday)),
          labelled('Type of contact', plainWord(values.contactType)),
          values.returning === true ? 'The guest was here before' : undefined,
          labelled('Tags', listed(values.tags)),
          labelled('Reached by', listed(values.reachedBy)),
          ...(values.channelIds ?? []).map(({ channel, id }) => labelled(`Id at ${channel}`, id)),
        ),
      },
      { path: 'notes', heading: 'Notes about the guest', text: values.notes },
      { path: 'good_to_know', heading: 'Good to know', text: values.goodToKnow },
    ]),
  scope: ({ phones }, phoneHash) => phoneScopes(e164In(phones), phoneHash),
  person: {
    fields: ['firstName', 'fullName', 'lastName', 'mails', 'mentionedName', 'phones'],
    name: ({ firstName, fullName, lastName, mentionedName }) =>
      stringOf(fullName) ??
      ([stringOf(firstName), stringOf(lastName)].filter(Boolean).join(' ') || undefined) ??
      stringOf(mentionedName),
    phones: ({ phones }) => e164In(phones),
    mails: ({ mails }) => mails ?? [],
  },
});
