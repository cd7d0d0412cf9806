import type { ContactData, ContactObservedV1, ContactPersonal, Fact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';
import { isoOf, itemsOf, phonesIn, stringOf } from './kind.js';

const fieldsOfContact = (contact: ContactData, personal: ContactPersonal | undefined): Fields => ({
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

/** Somebody else's fact mentions a contact: as old as the contact's own last change, and the weakest word on it. */
export const mentionOfContact = (
  fact: Fact,
  normaliser: number,
  contact: ContactData,
  personal: ContactPersonal | undefined,
): Change => ({
  kind: 'contact',
  id: contact.id,
  key: orderKey(contact.updatedAt ?? fact.occurredAt, 0, normaliser, fact),
  fields: fieldsOfContact(contact, personal),
});

export const changesOfContact = (fact: Fact): Change[] => {
  const data = fact.data as ContactObservedV1;
  const personal = fact.personal as { contact?: ContactPersonal } | undefined;
  const { contact, deleted, event, normaliser, rank } = data;
  return [
    {
      kind: 'contact',
      id: contact.id,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: {
        ...fieldsOfContact(contact, personal?.contact),
        deletedAt: deleted && fact.occurredAt,
        event,
      },
    },
  ];
};

/** What a fact calls somebody from the address book. */
export const nameOfContact = (contact: ContactPersonal | undefined): string | undefined =>
  contact && ([contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.company);

const displayNameOf = (values: JsonObject): string | undefined => {
  const { company, firstName, lastName, phones } = values;
  const [phone] = itemsOf(phones) ?? [];
  return (
    ([stringOf(firstName), stringOf(lastName)].filter(Boolean).join(' ') || stringOf(company)) ??
    stringOf(phone?.e164) ??
    stringOf(phone?.raw)
  );
};

export const contactKind = kindOf({
  name: 'contact',
  nameOf: displayNameOf,
  show: (values) => ({
    company: values.company,
    createdAt: isoOf(values.createdAt),
    firstName: values.firstName,
    information: values.information,
    lastName: values.lastName,
    mails: values.mails,
    phones: values.phones,
    shared: values.shared,
  }),
  phonesOf: phonesIn,
});
