import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

/** Who speaks in a call: one of us, somebody else, or a machine of ours. */
export const speaker = z.enum(['colleague', 'external', 'voice_agent']);

const data = z.strictObject({
  call: entityId,
  createdAt: instant.optional(),
  event: observed.event,
  /** Written by a machine, as far as the provider says. */
  generated: z.boolean().optional(),
  insight: z.enum([
    'action_items',
    'custom_summary',
    'evaluation',
    'playbook_result',
    'sentiment',
    'summary',
    'topics',
    'transcription',
  ]),
  language: z.string().optional(),
  line: entityId.optional(),
  normaliser: observed.normaliser,
  /** A voicemail of the call, instead of what was spoken in it. */
  of: z.enum(['call', 'voicemail']).optional(),
  rank: observed.rank,
  /** The telephone network's own id of the call. */
  reference: z.string().optional(),
  /** In the provider's own measure: how well it kept to the playbook. */
  score: z.number().optional(),
  sentiments: z
    .array(
      z.strictObject({
        by: speaker,
        colleague: entityId.optional(),
        /** In the provider's word, lower case: `positive`, `neutral`, `negative`. */
        value: z.string(),
      }),
    )
    .optional(),
  /** Whom `utterances` name by their place here. */
  speakers: z
    .array(
      z.strictObject({
        by: speaker,
        colleague: entityId.optional(),
        /** Which of `personal.phones`: several outsiders may be in one call. */
        phone: z.int().optional(),
      }),
    )
    .optional(),
  updatedAt: instant.optional(),
  /**
   * Who spoke from when to when, in ms since the call began; what they said is personal. As few bytes for each as can
   * be: an hour has a thousand of them.
   */
  utterances: z
    .array(z.strictObject({ from: z.int().optional(), speaker: z.int(), to: z.int().optional() }))
    .optional(),
});

const personal = z.strictObject({
  actionItems: z.array(z.string()).optional(),
  /** Outsiders who speak: E.164, or as written. */
  phones: z.array(z.string()).optional(),
  results: z.array(z.strictObject({ name: z.string(), result: z.string() })).optional(),
  text: z.string().optional(),
  topics: z.array(z.string()).optional(),
  /** In the order of `data.utterances`. */
  utterances: z.array(z.string()).optional(),
});

/**
 * What a provider made of the words of one call. It lies in the call's stream: who erases the call erases what
 * was said in it. One that only says that there is something to be had carries no text.
 */
export const callInsightObservedV1 = defineFact({
  type: 'intake.call_insight.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type CallInsightObservedV1 = z.infer<typeof data>;
export type CallInsightObservedV1Personal = z.infer<typeof personal>;
