import {
  callObservedV1,
  contactObservedV1,
  phoneMessageObservedV1,
  type ContactData,
  type ContactPersonal,
} from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { phoneScopes } from './scopes.js';
import { after, labelled, listed, prose, sectionsIn } from './section-text.js';
import { e164In, isoOf, stringOf } from './show.js';
import { IN_PASSING, type RecordStatement } from './statement.js';
import { flag, instant, one, text, type FieldsOf, type ValuesOf } from './values.js';

const values = {
  company: text,
  createdAt: instant,
  deletedAt: instant,
  event: text,
  firstName: text,
  information: text,
  lastName: text,
  mails: one<NonNullable<ContactPersonal['mails']>>(),
  phones: one<NonNullable<ContactPersonal['phones']>>(),
  shared: flag,
};

const fieldsOfContact = (
  contact: ContactData,
  personal: ContactPersonal | undefined,
): FieldsOf<typeof values> => ({
  company: personal?.company,
  createdAt: contact.createdAt,
  firstName: personal?.firstName,
  id: contact.id,
  information: personal?.information,
  lastName: personal?.lastName,
  mails: personal?.mails,
  phones: personal?.phones,
  shared: contact.shared,
});

/** Somebody else's fact mentions a contact: as old as the contact's own last change. */
const mentioned = (
  contact: ContactData | undefined,
  personal: ContactPersonal | undefined,
): RecordStatement<typeof values> | undefined =>
  contact && {
    at: contact.updatedAt,
    rank: IN_PASSING,
    fields: fieldsOfContact(contact, personal),
  };

/** What a fact calls somebody from the address book. */
export const nameOfContact = (contact: ContactPersonal | undefined): string | undefined =>
  contact && ([contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.company);

const fullNameIn = ({ firstName, lastName }: ValuesOf<typeof values>): string | undefined =>
  [stringOf(firstName), stringOf(lastName)].filter(Boolean).join(' ') || undefined;

export const contactKind = defineKind({
  name: 'contact',
  values,
  from: (when) => [
    when(contactObservedV1, ({ fact, data: { contact, deleted, event }, personal }) => ({
      fields: {
        ...fieldsOfContact(contact, personal.contact),
        deletedAt: deleted && fact.occurredAt,
        event,
      },
    })),
    when(callObservedV1, ({ data, personal }) => mentioned(data.contact, personal.contact)),
    when(phoneMessageObservedV1, ({ data, personal }) => mentioned(data.contact, personal.contact)),
  ],
  nameOf(values) {
    const [phone] = values.phones ?? [];
    return (
      fullNameIn(values) ??
      stringOf(values.company) ??
      stringOf(phone?.e164) ??
      stringOf(phone?.raw)
    );
  },
  view: (values) => ({
    company: values.company,
    createdAt: isoOf(values.createdAt),
    firstName: values.firstName,
    information: values.information,
    lastName: values.lastName,
    mails: values.mails,
    phones: values.phones,
    shared: values.shared,
  }),
  sections: (values) =>
    sectionsIn([
      {
        path: 'contact',
        heading: 'Contact',
        text: prose(
          after('Contact', fullNameIn(values)),
          labelled('Company', values.company),
          labelled('Phones', listed(values.phones?.map(({ e164, raw }) => e164 ?? raw))),
          labelled('Mails', listed(values.mails?.map(({ value }) => value))),
        ),
      },
      { path: 'information', heading: 'Information', text: values.information },
    ]),
  scope: ({ phones }, phoneHash) => phoneScopes(e164In(phones), phoneHash),
  person: {
    fields: ['company', 'firstName', 'lastName', 'mails', 'phones'],
    // A company's name agrees with nobody's, so that its number becomes no lone guest's.
    name: (values) => fullNameIn(values) ?? stringOf(values.company),
    phones: ({ phones }) => e164In(phones),
    mails: ({ mails }) => mails?.map(({ value }) => value) ?? [],
  },
});
