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
import { entityOf, observation, type AircallReport } from './report.js';

interface TranscriptSpeaker {
  readonly by: 'colleague' | 'external' | 'voice_agent';
  readonly colleague: string | undefined;
}

/** The same thing is called `participant_type` in one body and `type` in the next. */
export const speakerOf = (report: AircallReport, said: Foreign): TranscriptSpeaker => {
  const kind = said.participant_type ?? said.type;
  if (kind === 'ai_voice_agent') return { by: 'voice_agent', colleague: undefined };
  return kind === 'internal'
    ? { by: 'colleague', colleague: entityOf(report, said.user_id) }
    : { by: 'external', colleague: undefined };
};

interface Transcript {
  readonly language: string | undefined;
  readonly data: Required<Pick<CallInsightObservedV1, 'speakers' | 'utterances'>>;
  readonly personal: Pick<CallInsightObservedV1Personal, 'phones' | 'utterances'>;
}

export const transcriptOf = (report: AircallReport, content: unknown): Transcript | undefined => {
  const said = objectOf(content);
  if (!said || !listOf(said.utterances)) return undefined;
  const phones = new Places<string>();
  const speakers = new Places<Transcript['data']['speakers'][number]>();
  const spoken = objectsOf(said.utterances);
  const utterances = spoken.map((one) => {
    const phone = phoneText(one.phone_number);
    const speaker = present({
      ...speakerOf(report, one),
      phone: phone === undefined ? undefined : phones.of(phone),
    });
    return present({
      from: milliseconds(one.start_time),
      speaker: speakers.of(speaker),
      to: milliseconds(one.end_time),
    });
  });
  return {
    language: word(said.language),
    data: {
      speakers: speakers.all,
      utterances,
    },
    personal: {
      phones: nonEmpty(phones.all),
      utterances: nonEmpty(spoken.map((one) => text(one.text) ?? '')),
    },
  };
};

/** Things in the order in which they were first met, each once. */
class Places<T> {
  readonly #places = new Map<string, number>();
  readonly all: T[] = [];

  of(thing: T): number {
    const key = JSON.stringify(thing);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.all.length);
    return this.all.push(thing) - 1;
  }
}

const milliseconds = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' ? whole(Math.round(seconds * 1000)) : undefined;

/** `call` is the call's id; its other particulars stand in an object of their own. */
export const utterancesObservation = (
  report: AircallReport,
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
    event: report.event,
    line: entityOf(report, about?.number_id),
    normaliser: report.normaliser,
    rank,
    reference: word(about?.uuid),
    utterances: spoken.map((one) => {
      const { by, colleague } = speakerOf(report, one);
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
    occurredAt: report.at,
    data,
    personal: { utterances: nonEmpty(spoken.map((one) => text(one.text) ?? '')) },
  });
};
