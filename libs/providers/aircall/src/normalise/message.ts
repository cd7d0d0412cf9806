import type { PhoneMessageObservedV1, PhoneMessageObservedV1Personal } from '#libs/contracts';
import {
  type Foreign,
  instant,
  listOf,
  objectOf,
  objectsOf,
  phoneOf,
  phoneText,
  present,
  text,
  word,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { Colleagues } from './colleague.js';
import { contactData, contactPersonal } from './contact.js';
import { lineData, linePersonal } from './line.js';
import { entityOf, messageOf, observation, type AircallReport } from './report.js';

export const messageObservation = (
  report: AircallReport,
  { rank }: EventOf<'message'>,
  id: string,
  message: Foreign,
): Observation => {
  const colleagues = new Colleagues(report);
  const colleague = colleagues.add(message.user);
  const cast = castOf(report, message);
  const { contact, line } = cast;
  const media = mediaOf(message);
  const data: PhoneMessageObservedV1 = {
    category: word(message.whatsapp_message_category),
    channel: channelOf(message.channel),
    colleague,
    colleagues: colleagues.data,
    contact: contact && contactData(contact.said, contact.id),
    createdAt: instant(message.created_at),
    direction:
      message.direction === 'inbound' || message.direction === 'outbound'
        ? message.direction
        : undefined,
    event: report.event,
    form: word(message.type),
    group: messageOf(report, message.group_conversation_id),
    line: line && lineData(line.said, line.id),
    media: media?.map(({ type }) => present({ type })),
    message: id,
    normaliser: report.normaliser,
    rank,
    replyTo: messageOf(report, message.parent_id),
    sentAt: instant(message.sent_at),
    status: word(message.status),
    updatedAt: instant(message.updated_at),
  };
  return observation({
    type: 'intake.phone_message.observed.v1',
    stream: `phone_message/${id}`,
    occurredAt: report.at,
    data,
    personal: personalOf(message, cast, colleagues, media),
  });
};

/** A thing the body mentions, where it can be named. */
interface Mentioned {
  readonly id: string;
  readonly said: Foreign;
}

interface MessageMentions {
  readonly contact: Mentioned | undefined;
  readonly line: Mentioned | undefined;
}

const castOf = (report: AircallReport, message: Foreign): MessageMentions => ({
  contact: mentioned(report, message.contact),
  line: mentioned(report, message.number),
});

const mentioned = (report: AircallReport, value: unknown): Mentioned | undefined => {
  const said = objectOf(value);
  const id = entityOf(report, said?.id);
  return said && id !== undefined ? { id, said } : undefined;
};

/** Null is a statement here: pictures and plain text go the same way, and it has no name. */
const channelOf = (channel: unknown): string | undefined =>
  channel === null ? 'sms' : word(channel);

type Media = readonly { readonly name: string | undefined; readonly type: string | undefined }[];

const mediaOf = ({ media_details: details }: Foreign): Media | undefined => {
  const media = objectsOf(details).map((file) => ({
    name: text(file.file_name),
    type: word(file.file_type),
  }));
  return media.length > 0 ? media : undefined;
};

const personalOf = (
  message: Foreign,
  { contact, line }: MessageMentions,
  colleagues: Colleagues,
  media: Media | undefined,
): PhoneMessageObservedV1Personal => {
  const country = word(line?.said.country);
  const phone = phoneOf(message.external_number ?? message.raw_digits, country);
  const participants = listOf(message.participants)?.flatMap(
    (one) => phoneText(one, country) ?? [],
  );
  const body = text(message.body);
  return {
    colleagues: colleagues.personal,
    contact: contact && contactPersonal(contact.said),
    line: line && linePersonal(line.said),
    media: media?.some(({ name }) => name !== undefined)
      ? media.map(({ name }) => present({ name }))
      : undefined,
    participants: participants && participants.length > 0 ? participants : undefined,
    phone: phone?.e164,
    phoneRaw: phone?.raw,
    template: text(message.template_content),
    text: body === '' ? undefined : body,
  };
};
