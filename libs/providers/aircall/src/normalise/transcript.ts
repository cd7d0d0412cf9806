import type {
  CallInsightObservedV1,
  CallInsightObservedV1Personal,
  CallUtterancesObservedV1,
} from '#libs/contracts';
import {
  type Foreign,
  instant,
  listOf,
  nonEmpty,
  objectOf,
  objectsOf,
  phoneText,
  present,
  text,
  whole,
  word,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { entityOf, observation, type Telling } from './telling.js';

interface Speaker {
  readonly by: 'colleague' | 'external' | 'voice_agent';
  readonly colleague: string | undefined;
}

/** The same thing is called `participant_type` in one body and `type` in the next. */
export const speakerOf = (telling: Telling, said: Foreign): Speaker => {
  const kind = said.participant_type ?? said.type;
  if (kind === 'ai_voice_agent') return { by: 'voice_agent', colleague: undefined };
  return kind === 'internal'
    ? { by: 'colleague', colleague: entityOf(telling, said.user_id) }
    : { by: 'external', colleague: undefined };
};

interface Transcript {
  readonly language: string | undefined;
  readonly data: NonNullable<CallInsightObservedV1['utterances']>;
  readonly personal: Pick<CallInsightObservedV1Personal, 'phones' | 'utterances'>;
}

export const transcriptOf = (telling: Telling, content: unknown): Transcript | undefined => {
  const said = objectOf(content);
  const utterances = said && listOf(said.utterances);
  if (!said || !utterances) return undefined;
  const phones: string[] = [];
  const spoken = objectsOf(utterances).map((one) => ({
    data: present({
      ...speakerOf(telling, one),
      from: milliseconds(one.start_time),
      phone: placeOf(phones, phoneText(one.phone_number)),
      to: milliseconds(one.end_time),
    }),
    text: text(one.text) ?? '',
  }));
  return {
    language: word(said.language),
    data: spoken.map(({ data }) => data),
    personal: {
      phones: nonEmpty(phones),
      utterances: nonEmpty(spoken.map((one) => one.text)),
    },
  };
};

const placeOf = (phones: string[], phone: string | undefined): number | undefined => {
  if (phone === undefined) return undefined;
  const known = phones.indexOf(phone);
  return known >= 0 ? known : phones.push(phone) - 1;
};

const milliseconds = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' ? whole(Math.round(seconds * 1000)) : undefined;

/** `call` is the call's id; its other particulars stand in an object of their own. */
export const utterancesObservation = (
  telling: Telling,
  { rank }: EventOf<'utterances'>,
  call: string,
  said: Foreign,
): Observation => {
  const about = objectOf(said.call);
  const spoken = objectsOf(said.utterances);
  const data: CallUtterancesObservedV1 = {
    call,
    direction:
      about?.direction === 'inbound' || about?.direction === 'outbound'
        ? about.direction
        : undefined,
    event: telling.event,
    line: entityOf(telling, about?.number_id),
    normaliser: telling.normaliser,
    rank,
    reference: word(about?.uuid),
    utterances: spoken.map((one) => {
      const { by, colleague } = speakerOf(telling, one);
      const at = typeof one.timestamp === 'number' ? instant(one.timestamp / 1000) : undefined;
      return present({
        at: at === undefined ? undefined : whole(one.timestamp),
        by,
        colleague,
        durationMs: whole(one.duration_ms),
        language: word(one.language),
      });
    }),
  };
  return observation({
    type: 'intake.call_utterances.observed.v1',
    stream: `call/${call}`,
    occurredAt: telling.at,
    data,
    personal: { utterances: nonEmpty(spoken.map((one) => text(one.text) ?? '')) },
  });
};
