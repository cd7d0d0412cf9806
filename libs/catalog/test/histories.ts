import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import type { Fact } from '#libs/contracts';
import { canonicalJson, utf8, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';
import { aircall } from '#libs/providers/aircall';

/** Facts as intake would append them, less the log: the way from a provider's words to a fold is real. */
const folder = new URL('../../../test/fixtures/aircall/', import.meta.url);

export const sample = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as JsonObject;

/** Its id follows from its content, as the journal's does; how does not matter here. */
export const factOf = (payload: JsonObject): Fact =>
  factIn(
    aircall.normalise({
      account: 'main',
      headers: {},
      body: utf8(JSON.stringify(payload)),
      receivedAt: 0,
    }),
  );

/** What the API answered about one thing, asked for at this second. */
export const answerOf = (entity: string, id: string, body: JsonObject, second: number): Fact =>
  factIn(
    aircall.api?.normalise({
      account: 'main',
      headers: {
        'innkeeper-entity': entity,
        'innkeeper-id': id,
        'innkeeper-asked-at': String(second * 1000 + 7),
      },
      body: utf8(JSON.stringify(body)),
      receivedAt: 0,
    }),
  );

const factIn = (said: Normalised | undefined): Fact => {
  const [fact] = factsIn(said, 'aircall/main');
  if (!fact) throw new Error('nothing observed');
  return fact;
};

export const factsIn = (said: Normalised | undefined, source: string): Fact[] => {
  if (!said?.understood || !('observations' in said)) throw new Error('not understood');
  return said.observations.map((observation) => ({
    ...observation,
    id: idOf(canonicalJson(observation)),
    version: 1,
    position: 1,
    era: 1,
    recordedAt: 0,
    source,
    correlationId: '',
    causationId: '',
  }));
};

/** FNV-1a, twice: these tests need ids that differ, not ids that resist. */
const idOf = (text: string): string => {
  const bytes = utf8(text);
  const halves = [0x811c9dc5, 0x9747b28c].map((seed) =>
    bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, seed),
  );
  const hex = halves.map((half) => half.toString(16).padStart(8, '0')).join('');
  return `00000000-0000-8000-8000-${hex}`;
};

const users = (sample('number.closed').data as { users: JsonObject[] }).users;
const call = sample('call.created.inbound').data as JsonObject;
const contact = call.contact as JsonObject;
const START = 1789377124;

const second = fc.integer({ min: START, max: START + 4 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const user = fc.constantFrom(...users, {}, null);
const word = fc.constantFrom('one', 'two', 'three');

const tags = fc
  .subarray([1, 2, 3])
  .chain((ids) =>
    fc.tuple(word, user).map(([name, by]) => ids.map((id) => ({ id, name, tagged_by: by }))),
  );
const comments = fc
  .subarray([11, 12])
  .chain((ids) => word.map((content) => ids.map((id) => ({ id, content, posted_at: START }))));

const contactData = fc
  .record({ first_name: maybe(word), information: maybe(word), updated_at: maybe(second) })
  .map((said) => ({ ...contact, ...said }));

const calls = fc
  .record({
    event: fc.constantFrom(
      ...['call.created', 'call.ringing_on_agent', 'call.agent_declined', 'call.answered'],
      ...['call.hold', 'call.unhold', 'call.transferred', 'call.unsuccessful_transfer'],
      ...['call.hungup', 'call.ended', 'call.tagged', 'call.untagged', 'call.untagged'],
      ...['call.commented', 'call.archived', 'call.assigned', 'call.voicemail_left'],
    ),
    timestamp: second,
    data: fc.record({
      status: fc.constantFrom('initial', 'answered', 'done', 'odd', null),
      answered_at: maybe(second),
      ended_at: maybe(second),
      duration: maybe(fc.integer({ min: 0, max: 9 })),
      missed_call_reason: maybe(word),
      archived: maybe(fc.boolean()),
      user,
      assigned_to: user,
      contact: maybe(contactData),
      tags,
      comments,
    }),
  })
  .map(({ data, ...envelope }) => ({ ...envelope, data: { ...call, ...data } }));

const contacts = fc.record({
  event: fc.constantFrom('contact.created', 'contact.updated', 'contact.deleted'),
  timestamp: second,
  data: contactData,
});

const colleagues = fc
  .record({
    event: fc.constantFrom('user.opened.v2', 'user.closed', 'user.closed.v2', 'user.wut_end.v2'),
    timestamp: second,
    data: fc.tuple(fc.constantFrom(...users), maybe(word)),
  })
  .map(({ data: [of, substatus], ...rest }) => ({ ...rest, data: { ...of, substatus } }));

const message = sample('message.received.sms').data as JsonObject;
const messages = fc
  .record({
    event: fc.constantFrom('message.sent', 'message.status_updated', 'message.received'),
    timestamp: second,
    data: fc.record({
      status: maybe(fc.constantFrom('pending', 'sent', 'delivered', 'read', 'mislaid')),
      body: maybe(word),
      channel: fc.constantFrom(null, 'whatsapp'),
      contact: maybe(contactData),
      user,
    }),
  })
  .map(({ data, ...envelope }) => ({ ...envelope, data: { ...message, ...data } }));

const insights = fc
  .record({
    event: fc.constantFrom('summary.created', 'playbook_result.updated', 'sentiment.created'),
    timestamp: second,
    data: fc.record({
      ai_generated: maybe(fc.boolean()),
      participants: maybe(fc.constant([{ participant_type: 'external', value: 'NEUTRAL' }])),
    }),
  })
  .map(({ data, ...envelope }) => ({ ...envelope, data: { call_id: call.id, ...data } }));

const voiceAgents = fc
  .record({
    event: fc.constantFrom(
      ...['started', 'ended', 'escalated', 'summary'].map((step) => `ai_voice_agent.${step}`),
    ),
    timestamp: second,
    data: fc.record({
      ai_voice_agent_session_id: word,
      started_at: maybe(second),
      ended_at: maybe(second),
      escalation_reason: maybe(word),
    }),
  })
  .map(({ data, ...envelope }) => ({ ...envelope, data: { call_id: call.id, ...data } }));

const OF_CALL = '4190001001';
const answers = fc.oneof(
  fc
    .tuple(fc.constantFrom('summary', 'custom_summary'), word, second)
    .map(([entity, content, at]) => answerOf(entity, OF_CALL, { content }, at)),
  fc
    .tuple(fc.array(word), second)
    .map(([content, at]) => answerOf('topics', OF_CALL, { topic: { content } }, at)),
  fc.tuple(fc.subarray([1, 2, 3]), maybe(fc.boolean()), second).map(([ids, archived, at]) => {
    const named = ids.map((id) => ({ id, name: `tag ${id}`, tagged_by: null }));
    return answerOf('call', OF_CALL, { ...call, tags: named, archived, status: 'done' }, at);
  }),
);

const deliveries = fc
  .oneof({ weight: 5, arbitrary: calls }, ...[contacts, colleagues, insights, voiceAgents], {
    weight: 2,
    arbitrary: messages,
  })
  .map((payload) => factOf(payload as unknown as JsonObject));

/** Much within few seconds, about few things: where the order of arrival could matter, it does. */
export const histories: fc.Arbitrary<Fact[]> = fc.array(
  fc.oneof({ weight: 5, arbitrary: deliveries }, answers),
  { minLength: 1, maxLength: 14 },
);

/** The same facts in another order, some of them again. */
export const reordered = (facts: readonly Fact[]): fc.Arbitrary<Fact[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...facts], { minLength: facts.length }),
      fc.array(fc.constantFrom(...facts), { maxLength: 6 }),
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
    )
    .map(([all, again, at]) => {
      const order = [...all];
      again.forEach((fact, i) => order.splice((at[i] ?? 0) % (order.length + 1), 0, fact));
      return order;
    });
