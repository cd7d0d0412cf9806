import {
  flag,
  type Foreign,
  instant,
  label,
  listOf,
  phoneOf,
  present,
  presentAny,
  text,
  whole,
  word,
} from '#libs/foreign';
import type { LineData, LinePersonal, PhoneNumberObservedV1 } from '#libs/contracts';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { Colleagues } from './colleague.js';
import { observation, type AircallReport } from './report.js';

/** Nine addresses of sound files come with each line; they say nothing and are left out. */
export const lineData = (number: Foreign, id: string): LineData =>
  present({
    availability: word(number.availability_status),
    country: word(number.country),
    createdAt: instant(number.created_at),
    hasMenu: flag(number.is_ivr),
    id,
    open: flag(number.open),
    priority: whole(number.priority),
    recordsCalls: flag(number.live_recording_activated),
    timeZone: label(number.time_zone),
  });

export const linePersonal = (number: Foreign): LinePersonal | undefined => {
  const phone = phoneOf(number.e164_digits ?? number.digits, word(number.country));
  return presentAny({ name: text(number.name), phone: phone?.e164, phoneRaw: phone?.raw });
};

export const lineObservation = (
  report: AircallReport,
  { deleted, rank }: EventOf<'line'>,
  id: string,
  number: Foreign,
): Observation => {
  const colleagues = new Colleagues(report);
  for (const user of listOf(number.users) ?? []) colleagues.add(user);
  const data: PhoneNumberObservedV1 = {
    colleagues: colleagues.data ?? (listOf(number.users) && []),
    deleted,
    event: report.event,
    line: lineData(number, id),
    normaliser: report.normaliser,
    rank,
  };
  return observation({
    type: 'intake.phone_number.observed.v1',
    stream: `phone_number/${id}`,
    occurredAt: report.at,
    data,
    personal: { colleagues: colleagues.personal, line: linePersonal(number) },
  });
};
