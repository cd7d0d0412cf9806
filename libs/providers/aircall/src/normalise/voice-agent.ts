import type { VoiceAgentObservedV1, VoiceAgentObservedV1Personal } from '#libs/contracts';
import {
  type Foreign,
  instant,
  nonEmpty,
  objectOf,
  phoneOf,
  present,
  text,
  word,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { entityOf, observation, type AircallReport } from './report.js';

export const voiceAgentObservation = (
  report: AircallReport,
  { escalated, rank }: EventOf<'voice agent'>,
  call: string,
  said: Foreign,
): Observation => {
  const data: VoiceAgentObservedV1 = {
    agent: agentOf(report, said.ai_voice_agent_id),
    call,
    createdAt: instant(said.created_at),
    endReason: word(said.call_end_reason),
    endedAt: instant(said.ended_at),
    escalated,
    event: report.event,
    line: entityOf(report, said.number_id),
    normaliser: report.normaliser,
    rank,
    reference: word(said.call_uuid),
    session: word(said.ai_voice_agent_session_id) ?? 'only',
    startedAt: instant(said.started_at),
  };
  return observation({
    type: 'intake.voice_agent.observed.v1',
    stream: `call/${call}`,
    occurredAt: report.at,
    data,
    personal: personalOf(said),
  });
};

const personalOf = (said: Foreign): VoiceAgentObservedV1Personal => {
  const phone = phoneOf(said.external_caller_number);
  return {
    agentName: text(said.ai_voice_agent_name),
    escalationReason: text(said.escalation_reason),
    extracted: extractedOf(said.extracted_data),
    phone: phone?.e164,
    phoneRaw: phone?.raw,
  };
};

/** A machine's id is a short word of its own; a longer one could be anything. */
const AGENT = /^[A-Za-z0-9_-]{1,40}$/;
const agentOf = ({ account }: AircallReport, value: unknown): string | undefined =>
  typeof value === 'string' && AGENT.test(value) ? `aircall.${account}.${value}` : undefined;

/** The customer who set the machine up named the fields; a value that is no text is shown as it was written. */
const extractedOf = (value: unknown): VoiceAgentObservedV1Personal['extracted'] =>
  nonEmpty(
    Object.entries(objectOf(value) ?? {})
      .filter(([, found]) => found !== null && found !== '')
      .map(([name, found]) =>
        present({ name: name.toWellFormed(), value: text(found) ?? JSON.stringify(found) }),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
