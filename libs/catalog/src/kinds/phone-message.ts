import {
  phoneMessageObservedV1,
  type PhoneMessageObservedV1,
  type PhoneMessageObservedV1Personal,
} from '#libs/contracts';

import { nameOfContact } from './contact.js';
import { defineKind } from './define-kind.js';
import { messageHeading, messageText } from './message-sections.js';
import { phoneScopes } from './scopes.js';
import { sectionsIn } from './section-text.js';
import { filled, isoOf, referenceOf, shown, snippetOf, stringOf } from './show.js';
import { id, instant, one, progress, text, texts, type FieldsOf, type ValuesOf } from './values.js';

const values = {
  category: text,
  channel: text,
  colleague: id,
  colleagueName: text,
  contact: id,
  contactName: text,
  createdAt: instant,
  direction: text,
  event: text,
  form: text,
  /** The conversation of several that it is part of. */
  group: text,
  line: id,
  lineName: text,
  linePhone: text,
  media: one<readonly { readonly name?: string; readonly type?: string }[]>(),
  /** The others of a conversation of several: E.164, or as written. */
  participants: texts,
  phone: text,
  phoneRaw: text,
  replyTo: id,
  sentAt: instant,
  status: progress<string>(),
  template: text,
  text,
};

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

const stageOf = (status: string): number =>
  Object.hasOwn(stages, status) ? (stages[status] ?? 2) : 2;

const fieldsOfMessage = (
  data: PhoneMessageObservedV1,
  personal: Partial<PhoneMessageObservedV1Personal>,
): FieldsOf<typeof values> => ({
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
  media: data.media?.map(({ type }, i) => filled({ name: personal.media?.[i]?.name, type })),
  participants: personal.participants,
  phone: personal.phone,
  phoneRaw: personal.phoneRaw,
  replyTo: data.replyTo,
  sentAt: data.sentAt,
  template: personal.template,
  text: personal.text,
});

/** A number that could not be read is what no other record can be about. */
const numbersIn = ({
  participants = [],
  phone,
}: {
  readonly participants?: readonly string[] | undefined;
  readonly phone?: string | undefined;
}): readonly string[] => [
  ...new Set([phone ?? '', ...participants].filter((number) => number.startsWith('+'))),
];

/** On our side a colleague or the line; on the other side a person or a number. */
const writerIn = ({
  colleagueName,
  contactName,
  direction,
  lineName,
  phone,
  phoneRaw,
}: ValuesOf<typeof values>): { readonly who: string | undefined; readonly role: string } =>
  direction === 'outbound'
    ? { who: stringOf(colleagueName) ?? stringOf(lineName), role: 'host' }
    : { who: stringOf(contactName) ?? stringOf(phone) ?? stringOf(phoneRaw), role: 'guest' };

export const phoneMessageKind = defineKind({
  name: 'phone_message',
  values,
  from: (when) => [
    when(phoneMessageObservedV1, ({ data, personal }) => ({
      fields: fieldsOfMessage(data, personal),
      // A word nobody here knows is later than the first ones and earlier than an end.
      progress: {
        stage: data.status === undefined ? 0 : stageOf(data.status),
        fields: { status: data.status },
      },
    })),
  ],
  fields: ['channel', 'colleague', 'contact', 'direction', 'group', 'line', 'sentAt', 'status'],
  names: { colleague: 'colleague', contact: 'contact', line: 'phone_number' },
  nameOf: ({ contactName, phone, phoneRaw, text }) =>
    snippetOf(text) ?? stringOf(contactName) ?? stringOf(phone) ?? stringOf(phoneRaw),
  view: (values) => ({
    category: values.category,
    channel: values.channel,
    colleague: referenceOf(values.colleague, values.colleagueName),
    contact: referenceOf(values.contact, values.contactName),
    createdAt: isoOf(values.createdAt),
    direction: values.direction,
    event: values.event,
    form: values.form,
    group: values.group,
    line:
      values.line === undefined
        ? undefined
        : shown({ id: values.line, name: values.lineName, phone: values.linePhone }),
    media: values.media,
    participants: values.participants,
    phone: values.phone ?? values.phoneRaw,
    replyTo: values.replyTo,
    sentAt: isoOf(values.sentAt),
    status: values.status,
    template: values.template,
    text: values.text,
  }),
  // With one person of the address book. What came from a number alone, or in a group, stands by itself.
  partOf: 'contact',
  sections: (values, setting) =>
    sectionsIn([
      {
        path: 'text',
        heading: messageHeading(
          { at: values.sentAt ?? values.createdAt, over: values.channel, ...writerIn(values) },
          setting,
        ),
        text: messageText(values.text ?? values.template, values.media),
        from: values.sentAt ?? values.createdAt,
      },
    ]),
  scope: (values, phoneHash) => phoneScopes(numbersIn(values), phoneHash),
  about: { named: 'contact', phones: numbersIn },
});
