import { z } from 'zod';

import { defineFact } from '../fact.js';
import {
  colleagueData,
  colleaguePersonal,
  contactData,
  contactPersonal,
  entityId,
  instant,
  lineData,
  linePersonal,
  observed,
} from './parts.js';

const named = z.strictObject({ id: entityId, name: z.string() });

const data = z.strictObject({
  /** The other party withheld its number. */
  anonymous: z.boolean().optional(),
  answeredAt: instant.optional(),
  archived: z.boolean().optional(),
  assignedTo: entityId.optional(),
  call: entityId,
  /** Who made or answered it. */
  colleague: entityId.optional(),
  /** Everyone of the company whom the body describes. */
  colleagues: z.array(colleagueData).optional(),
  comments: z
    .array(z.strictObject({ at: instant.optional(), by: entityId.optional(), id: z.string() }))
    .optional(),
  contact: contactData.optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  durationSeconds: z.int().optional(),
  endedAt: instant.optional(),
  event: observed.event,
  hangupCause: z.string().optional(),
  hasRecording: z.boolean().optional(),
  hasVoicemail: z.boolean().optional(),
  line: lineData.optional(),
  /** What the caller chose in the phone menu. */
  menuChoices: z
    .array(z.strictObject({ at: instant.optional(), id: z.string(), key: z.string().optional() }))
    .optional(),
  missedReason: z.string().optional(),
  normaliser: observed.normaliser,
  /** The colleague whose phone rang, in an event that is about just that. */
  offered: z.strictObject({ outcome: z.enum(['ringing', 'declined']), to: entityId }).optional(),
  onHold: z.boolean().optional(),
  participants: z
    .array(
      z.strictObject({
        id: entityId.optional(),
        kind: z.enum(['colleague', 'contact', 'external']),
      }),
    )
    .optional(),
  rank: observed.rank,
  /** The telephone network's own id of the call. */
  reference: z.string().optional(),
  startedAt: instant.optional(),
  status: z.enum(['ringing', 'answered', 'ended']).optional(),
  tags: z
    .array(
      z.strictObject({
        at: instant.optional(),
        by: entityId.optional(),
        id: z.string(),
        name: z.string().optional(),
      }),
    )
    .optional(),
  /** `all`: `tags` is the whole set, and what is not in it has been taken off. */
  tagsAre: z.literal('all').optional(),
  teams: z.array(entityId).optional(),
  transferFailed: z.boolean().optional(),
  transferredBy: entityId.optional(),
  transferredTo: entityId.optional(),
});

const personal = z.strictObject({
  colleagues: z.array(colleaguePersonal).optional(),
  comments: z.array(z.strictObject({ id: z.string(), text: z.string() })).optional(),
  contact: contactPersonal.optional(),
  line: linePersonal.optional(),
  menuChoices: z.array(z.strictObject({ id: z.string(), title: z.string() })).optional(),
  /** In the order of `data.participants`; empty where another part already says it. */
  participants: z
    .array(z.strictObject({ name: z.string().optional(), phone: z.string().optional() }))
    .optional(),
  /** The other party, E.164. */
  phone: z.string().optional(),
  /** The other party, where the number cannot be read. */
  phoneRaw: z.string().optional(),
  /** A page for people with access to the provider; the media themselves expire within the hour. */
  recordingPage: z.string().optional(),
  teams: z.array(named).optional(),
  transferredToPhone: z.string().optional(),
});

/** What a provider told about one phone call, and about those it concerns. */
export const callObservedV1 = defineFact({
  type: 'intake.call.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type CallObservedV1 = z.infer<typeof data>;
export type CallObservedV1Personal = z.infer<typeof personal>;
