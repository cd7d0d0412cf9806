import {
  flag,
  type Foreign,
  instant,
  listOf,
  objectsOf,
  phoneOf,
  present,
  presentAny,
  text,
} from '#libs/foreign';
import type { ContactData, ContactObservedV1, ContactPersonal } from '#libs/contracts';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { observation, type AircallReport } from './report.js';

export const contactData = (contact: Foreign, id: string): ContactData =>
  present({
    createdAt: instant(contact.created_at),
    id,
    shared: flag(contact.is_shared),
    updatedAt: instant(contact.updated_at),
  });

export const contactPersonal = (contact: Foreign): ContactPersonal | undefined =>
  presentAny({
    company: text(contact.company_name),
    firstName: text(contact.first_name),
    information: text(contact.information),
    lastName: text(contact.last_name),
    mails: listOf(contact.emails) && mailsOf(contact.emails),
    phones: listOf(contact.phone_numbers) && phonesOf(contact.phone_numbers),
  });

const mailsOf = (value: unknown): { label?: string; value: string }[] =>
  objectsOf(value).flatMap((mail) => {
    const address = text(mail.value);
    return address ? [present({ label: text(mail.label), value: address })] : [];
  });

const phonesOf = (value: unknown): { e164?: string; label?: string; raw?: string }[] =>
  objectsOf(value).flatMap((entry) => {
    const phone = phoneOf(entry.value);
    return phone ? [present({ e164: phone.e164, label: text(entry.label), raw: phone.raw })] : [];
  });

/** Ordered by its own time of change: the address book is older than the call that mentions it. */
export const contactObservation = (
  report: AircallReport,
  { deleted, rank }: EventOf<'contact'>,
  id: string,
  contact: Foreign,
): Observation => {
  const data: ContactObservedV1 = {
    contact: contactData(contact, id),
    deleted,
    event: report.event,
    normaliser: report.normaliser,
    rank,
  };
  return observation({
    type: 'intake.contact.observed.v1',
    stream: `contact/${id}`,
    occurredAt: data.contact.updatedAt ?? report.at,
    data,
    personal: { contact: contactPersonal(contact) },
  });
};
