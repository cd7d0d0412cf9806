import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

const data = z.strictObject({
  /** The machine that talks. */
  agent: entityId.optional(),
  call: entityId,
  createdAt: instant.optional(),
  endedAt: instant.optional(),
  /** In the provider's word: `answered`, `escalated`, `disconnected`, `caller_hung_up`. */
  endReason: z.string().optional(),
  /** It asked for a person, at the time of the fact. */
  escalated: z.literal(true).optional(),
  event: observed.event,
  line: entityId.optional(),
  normaliser: observed.normaliser,
  rank: observed.rank,
  /** The telephone network's own id of the call. */
  reference: z.string().optional(),
  /** One machine may talk twice in one call. */
  session: z.string(),
  startedAt: instant.optional(),
});

const personal = z.strictObject({
  agentName: z.string().optional(),
  escalationReason: z.string().optional(),
  /** What it was told to find out, and heard. */
  extracted: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
  /** The other party, E.164. */
  phone: z.string().optional(),
  /** The other party, where the number cannot be read. */
  phoneRaw: z.string().optional(),
});

/** What a provider told about a machine that talked with a caller. It lies in the call's stream. */
export const voiceAgentObservedV1 = defineFact({
  type: 'intake.voice_agent.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type VoiceAgentObservedV1 = z.infer<typeof data>;
export type VoiceAgentObservedV1Personal = z.infer<typeof personal>;
