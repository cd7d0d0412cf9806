import type { GuestObservedV1, GuestObservedV1Personal } from '#libs/contracts';
import {
  flag,
  type Foreign,
  id,
  instant,
  label,
  listOf,
  nonEmpty,
  objectOf,
  present,
  type Phone,
  unread,
} from '#libs/foreign';

import { nameIn, readPhone } from './people.js';
import type { GuestyEntityReader } from './reader.js';
import {
  entityOf,
  observation,
  ownIdOf,
  type GuestyReport,
  understood,
  unknown,
} from './report.js';
import { channelOf, phrase } from './words.js';
import { said } from './written.js';

/**
 * A guest's body carries no time of change: a webhook is as of its message, where that says when it was made,
 * and an answer as of the question. Every webhook asks for a look-up.
 */
export const guestReader: GuestyEntityReader = {
  under: 'guest',

  read({ report, body, deleted, asked }) {
    const own = ownIdOf(body._id) ?? ownIdOf(body.id) ?? ownIdOf(asked);
    if (own === undefined)
      return unknown(unread('the id of the guest', body._id ?? body.id ?? asked), report.event);
    const hints = report.answers ? [] : [{ entity: 'guest', id: own }];
    return understood([draft(report, own, dataOf(body, deleted), personalOf(body))], hints);
  },

  gone: (report, id) => {
    const own = ownIdOf(id);
    return own === undefined ? [] : [draft(report, own, { deleted: true }, {})];
  },
};

type GuestFields = Omit<GuestObservedV1, 'event' | 'guest' | 'normaliser' | 'rank'>;

const draft = (
  report: GuestyReport,
  own: string,
  data: GuestFields,
  personal: GuestObservedV1Personal,
) => {
  const guest = entityOf(report, own) ?? '';
  const { at, event, normaliser, rank } = report;
  return observation({
    type: 'intake.guest.observed.v1',
    stream: `guest/${guest}`,
    occurredAt: at,
    data: { ...data, event, guest, normaliser, rank } satisfies GuestObservedV1,
    personal,
  });
};

const dataOf = (guest: Foreign, deleted: true | undefined): GuestFields => ({
  channelIds: nonEmpty(channelIdsOf(guest)),
  contactType: phrase(guest.contactType),
  createdAt: instant(guest.createdAt),
  deleted,
  language: label(guest.preferredLanguage),
  marketingAccepted: flag(objectOf(objectOf(guest.policy)?.marketing)?.isAccepted),
  reachedBy: nonEmpty(
    (listOf(guest.communicationMethods) ?? []).flatMap((one) => phrase(one) ?? []),
  ),
  returning: flag(guest.returningGuest),
  tags: listOf(guest.tags)?.flatMap((tag) => label(tag) ?? []),
});

const channelIdsOf = (guest: Foreign): { channel: string; id: string }[] =>
  ['airbnb2', 'bookingCom', 'homeAway'].flatMap((name) => {
    const own = id(objectOf(guest[name])?.id);
    const channel = channelOf(name);
    return own === undefined || channel === undefined ? [] : [{ channel, id: own }];
  });

const personalOf = (guest: Foreign): GuestObservedV1Personal => ({
  address: addressOf(guest.address),
  birthday: said(guest.birthday),
  firstName: said(guest.firstName),
  fullName: nameIn(guest),
  goodToKnow: said(guest.goodToKnowNotes),
  hometown: said(guest.hometown),
  lastName: said(guest.lastName),
  mails: nonEmpty(distinct([guest.email, ...(listOf(guest.emails) ?? [])].flatMap(mailOf))),
  notes: said(guest.notes),
  phones: nonEmpty(phonesOf(guest)),
  picture: said(objectOf(guest.picture)?.thumbnail ?? guest.picture),
});

const mailOf = (value: unknown): string[] => {
  const mail = said(objectOf(value)?.email ?? value)?.trim();
  return mail === undefined ? [] : [mail];
};

const phonesOf = (guest: Foreign): Phone[] => {
  const read = [guest.phone, ...(listOf(guest.phones) ?? [])].flatMap(
    (one) => readPhone(one) ?? [],
  );
  const named = new Map(read.map((phone) => [phone.e164 ?? phone.raw, phone]));
  return [...named.values()].map(({ e164, raw }) => present({ e164, raw }));
};

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

const ADDRESS = ['street', 'zipcode', 'city', 'state', 'country'];

const addressOf = (value: unknown): string | undefined => {
  const address = objectOf(value);
  if (!address) return said(value);
  const parts = ADDRESS.flatMap((name) => said(address[name]) ?? []);
  return said(address.full) ?? said(parts.join(', '));
};
