import type { ContactData, ContactObservedV1, ContactPersonal, Fact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import type { Fields } from '../merge/layers.js';
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

const nameOf = (values: JsonObject): string | undefined =>
  [stringOf(values.firstName), stringOf(values.lastName)].filter(Boolean).join(' ') ||
  stringOf(values.company);

export const contactKind: Kind = {
  name: 'contact',
  fields: commonFields,
  audience: ['staff'],

  fieldsOf: (state) => commonFieldsOf(state, valuesOf(state)),

  view(state) {
    const values = valuesOf(state);
    const id = idOf(values);
    const first = itemsOf(values.phones)?.[0];
    return shown({
      company: values.company,
      createdAt: isoOf(values.createdAt),
      deleted: values.deletedAt !== undefined,
      deletedAt: isoOf(values.deletedAt),
      displayName: nameOf(values) ?? stringOf(first?.e164) ?? stringOf(first?.raw) ?? id,
      firstName: values.firstName,
      id,
      information: values.information,
      kind: 'contact',
      lastName: values.lastName,
      mails: values.mails,
      phones: values.phones,
      shared: values.shared,
      source: sourceOf(values),
      updatedAt: isoOf(changedAt(state)),
    });
  },

  phonesOf: (state) =>
    itemsOf(valuesOf(state).phones)?.flatMap(({ e164 }) => stringOf(e164) ?? []) ?? [],
};
