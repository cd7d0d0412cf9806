import type { JsonObject } from '#libs/kernel';

import { callId } from './demo-ids.js';
import type { DemoDelivery } from './demo-delivery.js';
import type { DemoGuest } from './demo-guests.js';
import type { DemoColleague, DemoLine } from './demo-staff.js';
import { isoOf } from './demo-time.js';

const seconds = (ms: number): number => Math.floor(ms / 1000);

const userOf = ({ aircall, mail, name, timeZone }: DemoColleague): JsonObject => ({
  id: aircall,
  name,
  email: mail,
  available: true,
  availability_status: 'available',
  time_zone: timeZone,
});

const numberOf = ({ country, e164, id, name, timeZone }: DemoLine): JsonObject => ({
  id,
  name,
  digits: e164,
  e164_digits: e164,
  country,
  time_zone: timeZone,
  open: true,
  is_ivr: false,
});

export const contactIdOf = ({ n }: DemoGuest): number => 78_000_000 + n;

const contactOf = (guest: DemoGuest, since: number): JsonObject => ({
  id: contactIdOf(guest),
  first_name: guest.first,
  last_name: guest.last,
  information: null,
  is_shared: true,
  created_at: seconds(since),
  updated_at: seconds(since),
  emails: [{ id: contactIdOf(guest) * 10, label: 'Home', value: guest.mail }],
  phone_numbers: [{ id: contactIdOf(guest) * 10 + 1, label: 'Mobile', value: guest.phone }],
});

const door = (event: string, resource: string, at: number, data: JsonObject): DemoDelivery => ({
  way: 'door',
  source: 'aircall',
  at,
  payload: { resource, event, timestamp: seconds(at), data },
});

export interface DemoCall {
  readonly n: number;
  readonly direction: 'inbound' | 'outbound';
  /** Missing: a number that nobody knows. */
  readonly guest?: DemoGuest;
  readonly phone: string;
  readonly since: number;
  readonly line: DemoLine;
  readonly colleague: DemoColleague;
  readonly startedAt: number;
  readonly seconds: number;
  /** Nobody took it. */
  readonly missed?: 'agents_did_not_answer' | 'out_of_opening_hours' | 'abandoned_in_classic';
  readonly comment?: string;
  readonly tag?: string;
  readonly turns?: readonly { readonly by: 'guest' | 'host'; readonly text: string }[];
  readonly summary?: string;
  readonly language: string;
}

const bodyOf = (call: DemoCall): JsonObject => {
  const { colleague, direction, guest, line, missed, n, phone, since, startedAt } = call;
  const answeredAt = missed === undefined ? startedAt + 9_000 : undefined;
  const endedAt = startedAt + call.seconds * 1000;
  return {
    id: callId(n),
    call_uuid: `CA${callId(n)}`,
    direction,
    status: 'done',
    missed_call_reason: missed ?? null,
    started_at: seconds(startedAt),
    answered_at: answeredAt === undefined ? null : seconds(answeredAt),
    ended_at: seconds(endedAt),
    duration: call.seconds,
    raw_digits: phone,
    contact: guest ? contactOf(guest, since) : null,
    number: numberOf(line),
    archived: false,
    teams: [],
    comments: [],
    tags: [],
    user: missed === undefined ? userOf(colleague) : null,
  };
};

/** A call as it ended, what a colleague wrote about it, and what the add-on made of its recording. */
export const callDeliveries = (call: DemoCall): readonly DemoDelivery[] => {
  const endedAt = call.startedAt + call.seconds * 1000;
  const body = bodyOf(call);
  const noted = endedAt + 90_000;
  const { comment, n, summary, tag, turns } = call;
  const user = userOf(call.colleague);
  return [
    door('call.ended', 'call', endedAt, body),
    ...(tag === undefined
      ? []
      : [
          door('call.tagged', 'call', noted, {
            ...body,
            tags: [{ id: tagId(tag), name: tag, tagged_by: user, tagged_at: seconds(noted) }],
          }),
        ]),
    ...(comment === undefined
      ? []
      : [
          door('call.commented', 'call', noted, {
            ...body,
            comments: [
              { id: 25_000_000 + n, content: comment, posted_by: user, posted_at: seconds(noted) },
            ],
          }),
        ]),
    ...(turns === undefined ? [] : [transcription(call, turns, noted)]),
    ...(summary === undefined ? [] : [answer(n, 'summary', noted, { content: summary })]),
  ];
};

const tagId = (tag: string): number =>
  60_000 + [...tag].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_000, 7);

const transcription = (
  { colleague, language, n, phone }: DemoCall,
  turns: NonNullable<DemoCall['turns']>,
  at: number,
): DemoDelivery => {
  let start = 1;
  const utterances = turns.map(({ by, text }) => {
    const from = start;
    start += 1 + text.length / 14;
    return {
      start_time: from,
      end_time: start - 0.5,
      text,
      ...(by === 'host'
        ? { participant_type: 'internal', user_id: colleague.aircall }
        : { participant_type: 'external', phone_number: phone }),
    };
  });
  return answer(n, 'transcription', at, { type: 'call', content: { language, utterances } });
};

const answer = (n: number, entity: string, at: number, more: JsonObject): DemoDelivery => ({
  way: 'api',
  source: 'aircall',
  at,
  entity,
  id: String(callId(n)),
  payload: {
    [entity]: {
      id: 55_000_000 + n * 2 + (entity === 'summary' ? 1 : 0),
      call_id: callId(n),
      created_at: isoOf(at),
      ...more,
    },
  },
});

export interface DemoText {
  readonly n: number;
  readonly guest: DemoGuest;
  readonly since: number;
  readonly line: DemoLine;
  readonly colleague: DemoColleague;
  readonly by: 'guest' | 'host';
  readonly channel: 'sms' | 'whatsapp';
  readonly text: string;
  readonly at: number;
}

export const textDelivery = (message: DemoText): DemoDelivery => {
  const { at, by, channel, colleague, guest, line, n, since, text } = message;
  const time = isoOf(at);
  return door(by === 'guest' ? 'message.received' : 'message.sent', 'message', at, {
    id: `1700000${String(n).padStart(6, '0')}demodemodemodemo`,
    direction: by === 'guest' ? 'inbound' : 'outbound',
    external_number: guest.phone,
    raw_digits: guest.phone,
    body: text,
    status: by === 'guest' ? 'received' : 'sent',
    channel: channel === 'sms' ? null : channel,
    media_details: [],
    created_at: time,
    updated_at: time,
    sent_at: time,
    number: numberOf(line),
    contact: contactOf(guest, since),
    user: by === 'host' ? userOf(colleague) : null,
  });
};
