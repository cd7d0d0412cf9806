import type { Fact, PhoneMessageObservedV1, PhoneMessageObservedV1Personal } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { mentionsOfColleagues } from './colleague.js';
import { mentionOfContact, nameOfContact } from './contact.js';
import { kindOf } from './kind-of.js';
import { isoOf, referenceOf, shown, snippetOf, stringOf } from './kind.js';
import { mentionOfLine } from './phone-number.js';

/** How far a message has come: `sent` that is told late does not take back `delivered`. */
const stages: Readonly<Record<string, number>> = {
  pending: 1,
  queued: 1,
  sending: 1,
  sent: 2,
  delivered: 3,
  received: 3,
  failed: 3,
  undelivered: 3,
  read: 4,
};

/** A message tells of itself, and in passing of those who wrote and the line it went over. */
export const changesOfPhoneMessage = (fact: Fact): Change[] => {
  const data = fact.data as PhoneMessageObservedV1;
  const personal = (fact.personal ?? {}) as PhoneMessageObservedV1Personal;
  const { colleagues, contact, line, normaliser, rank, status } = data;
  const changes: Change[] = [
    {
      kind: 'phone_message',
      id: data.message,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: fieldsOfMessage(data, personal),
      // A word nobody here knows is later than the first ones and earlier than an end.
      progress: { stage: status === undefined ? 0 : stageOf(status), fields: { status } },
    },
  ];
  if (contact) changes.push(mentionOfContact(fact, normaliser, contact, personal.contact));
  changes.push(...mentionsOfColleagues(fact, normaliser, colleagues, personal.colleagues));
  if (line) changes.push(mentionOfLine(fact, normaliser, line, personal.line));
  return changes;
};

const stageOf = (status: string): number =>
  Object.hasOwn(stages, status) ? (stages[status] ?? 2) : 2;

const fieldsOfMessage = (
  data: PhoneMessageObservedV1,
  personal: PhoneMessageObservedV1Personal,
): Fields => ({
  category: data.category,
  channel: data.channel,
  colleague: data.colleague,
  colleagueName: personal.colleagues?.find(({ id }) => id === data.colleague)?.name,
  contact: data.contact?.id,
  contactName: nameOfContact(personal.contact),
  createdAt: data.createdAt,
  direction: data.direction,
  event: data.event,
  form: data.form,
  group: data.group,
  id: data.message,
  line: data.line?.id,
  lineName: personal.line?.name,
  linePhone: personal.line?.phone,
  media: data.media?.map(({ type }, i) => shown({ name: personal.media?.[i]?.name, type })),
  participants: personal.participants,
  phone: personal.phone,
  phoneRaw: personal.phoneRaw,
  replyTo: data.replyTo,
  sentAt: data.sentAt,
  template: personal.template,
  text: personal.text,
});

export const phoneMessageKind = kindOf({
  name: 'phone_message',
  fields: ['channel', 'colleague', 'contact', 'direction', 'group', 'line', 'sentAt', 'status'],
  names: { colleague: 'colleague', contact: 'contact', line: 'phone_number' },
  nameOf: (values) => snippetOf(values.text) ?? otherParty(values),
  show: (values) => ({
    category: values.category,
    channel: values.channel,
    colleague: referenceOf(values.colleague, values.colleagueName),
    contact: referenceOf(values.contact, values.contactName),
    createdAt: isoOf(values.createdAt),
    direction: values.direction,
    event: values.event,
    form: values.form,
    group: values.group,
    line: lineOf(values),
    media: values.media,
    participants: values.participants,
    phone: values.phone ?? values.phoneRaw,
    replyTo: values.replyTo,
    sentAt: isoOf(values.sentAt),
    status: values.status,
    template: values.template,
    text: values.text,
  }),
  phonesOf({ participants, phone }) {
    const others: readonly unknown[] = Array.isArray(participants) ? participants : [];
    return [...new Set([phone, ...others].flatMap((one) => e164Of(one) ?? []))];
  },
});

/** A number that could not be read is what no other record can be about. */
const e164Of = (value: unknown): string | undefined =>
  typeof value === 'string' && value.startsWith('+') ? value : undefined;

const otherParty = (values: JsonObject): string | undefined =>
  stringOf(values.contactName) ?? stringOf(values.phone) ?? stringOf(values.phoneRaw);

const lineOf = ({ line, lineName, linePhone }: JsonObject): JsonObject | undefined =>
  typeof line === 'string' ? shown({ id: line, name: lineName, phone: linePhone }) : undefined;
