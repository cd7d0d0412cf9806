import type { CallInsightObservedV1, CallInsightObservedV1Personal } from '#libs/contracts';
import {
  flag,
  type Foreign,
  instant,
  listOf,
  nonEmpty,
  objectsOf,
  present,
  text,
  word,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { entityOf, observation, type AircallReport } from './report.js';
import { speakerOf, transcriptOf } from './transcript.js';

/**
 * One reader for the pointer that a delivery gives and for the content that the API gives. If both say a thing, they
 * say it in the same words. `call` is the call's id.
 */
export const insightObservation = (
  report: AircallReport,
  { insight, rank }: Pick<EventOf<'insight'>, 'insight' | 'rank'>,
  call: string,
  said: Foreign,
): Observation => {
  const transcript = insight === 'transcription' ? transcriptOf(report, said.content) : undefined;
  const data: CallInsightObservedV1 = {
    call,
    createdAt: instant(said.created_at),
    event: report.event,
    generated: flag(said.ai_generated),
    insight,
    language: transcript?.language,
    line: entityOf(report, said.number_id),
    normaliser: report.normaliser,
    of: said.type === 'call' || said.type === 'voicemail' ? said.type : undefined,
    rank,
    reference: word(said.call_uuid),
    score: numberOf(said.adherence_score),
    sentiments: insight === 'sentiment' ? sentimentsOf(report, said) : undefined,
    speakers: transcript?.data.speakers,
    updatedAt: instant(said.updated_at),
    utterances: transcript?.data.utterances,
  };
  return observation({
    type: 'intake.call_insight.observed.v1',
    stream: `call/${call}`,
    occurredAt: report.at,
    data,
    personal: { ...contentOf(insight, said), ...transcript?.personal },
  });
};

const contentOf = (
  insight: CallInsightObservedV1['insight'],
  said: Foreign,
): CallInsightObservedV1Personal => {
  const { content } = said;
  switch (insight) {
    case 'transcription':
    case 'sentiment':
      return {};
    case 'topics':
      return { topics: textsOf(content) };
    case 'action_items':
      return {
        actionItems: nonEmpty(
          objectsOf(said.action_items).flatMap((item) => text(item.content) ?? []),
        ),
        text: text(content),
      };
    case 'playbook_result':
      return { results: resultsOf(said.playbook_result_topics) };
    case 'custom_summary':
    case 'evaluation':
    case 'summary':
      return { text: text(content) };
  }
};

const textsOf = (value: unknown): string[] | undefined =>
  nonEmpty((listOf(value) ?? []).flatMap((one) => text(one) ?? []));

const resultsOf = (value: unknown) =>
  nonEmpty(
    objectsOf(value).flatMap((one) => {
      const name = text(one.name);
      const result = text(one.result);
      return name !== undefined && result !== undefined ? [{ name, result }] : [];
    }),
  );

const sentimentsOf = (report: AircallReport, said: Foreign): CallInsightObservedV1['sentiments'] =>
  nonEmpty(
    objectsOf(said.participants).flatMap((one) => {
      const value = word(one.value)?.toLowerCase();
      return value === undefined ? [] : [present({ ...speakerOf(report, one), value })];
    }),
  );

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
