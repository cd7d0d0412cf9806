import { describe, expect, it } from '@jest/globals';

import type { Fact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import { answerOf, factOf, sample } from '../../test/histories.js';
import { fold, stateOf, type RecordState } from '../merge/record-state.js';
import { changesOf, recordKinds } from './index.js';

const OWN = '4190001001';
const CALL = `aircall.main.${OWN}`;
const LATER = 1789430000;

const stateAfter = (kind: string, id: string, facts: readonly Fact[]): RecordState =>
  facts
    .flatMap(changesOf)
    .filter((change) => change.kind === kind && change.id === id)
    .reduce(fold, stateOf(undefined));

const callAfter = (...facts: readonly Fact[]): JsonObject =>
  recordKinds.call.view(stateAfter('call', CALL, facts));

const told = (name: string, data: JsonObject = {}, envelope: JsonObject = {}): Fact => {
  const of = sample(name) as { data: JsonObject };
  return factOf({ ...of, ...envelope, data: { ...of.data, ...data } });
};
const answered = (entity: string, name: string, at = LATER): Fact =>
  answerOf(entity, OWN, sample(`rest.${name}.get`), at);

describe('what was made of a call', () => {
  it('is announced first and there later, in the call itself', () => {
    const announced = [told('call.ended.answered'), told('summary.created')];
    expect(callAfter(...announced)).toMatchObject({
      insights: [{ at: '2026-09-14T09:19:38.000Z', insight: 'summary' }],
      displayName: 'Maya Osei',
    });
    expect(callAfter(...announced)).not.toHaveProperty('summary');
    expect(callAfter(...announced, answered('summary', 'summary'))).toMatchObject({
      summary: 'The guest could not open the key safe at Quay Loft. The agent issued a new code.',
    });
  });

  it('reads as a conversation, with the names that the call knows', () => {
    expect(
      callAfter(answered('transcription', 'transcription'), told('call.ended.answered')),
    ).toMatchObject({
      transcription: {
        language: 'en',
        utterances: [
          {
            by: 'colleague',
            colleague: { id: 'aircall.main.910211', name: 'Ines Carvalho' },
            fromSecond: 0.4,
            text: 'Hello, Harbour Stays, Ines speaking.',
            toSecond: 3.1,
          },
          { by: 'external', phone: '+447700900123', text: 'Hi, the key safe will not open.' },
        ],
      },
    });
  });

  it('holds topics, moods and what is to be done', () => {
    expect(
      callAfter(
        answered('topics', 'topics'),
        answered('sentiment', 'sentiments'),
        answered('action_item', 'action_items'),
      ),
    ).toMatchObject({
      actionItems: ['Replace key safe battery', 'Confirm new code with guest'],
      sentiments: [{ by: 'external', value: 'neutral' }],
      topics: ['Check-in', 'Key safe'],
    });
  });

  it('keeps what it said when it is only announced again', () => {
    const again = told('summary.created', { ai_generated: true }, { timestamp: LATER + 60 });
    expect(callAfter(answered('summary', 'summary'), again)).toHaveProperty('summary');
  });

  it('tells a voicemail from the call that it was left in', () => {
    const body = sample('rest.transcription.get') as { transcription: JsonObject };
    const voicemail = { transcription: { ...body.transcription, type: 'voicemail' } };
    const view = callAfter(answerOf('transcription', OWN, voicemail, LATER));
    expect(view).toHaveProperty('voicemailTranscription');
    expect(view).not.toHaveProperty('transcription');
  });

  it('does not hold the words that were heard while it lasted', () => {
    const heard = told('realtime_transcription.utterances_received');
    expect(changesOf(heard)).toEqual([]);
    expect(heard.stream).toBe(`call/${CALL}`);
  });

  it('goes with the names when the call is erased', () => {
    const facts = [
      answered('transcription', 'transcription'),
      answered('summary', 'summary'),
      told('ai_voice_agent.summary', { call_id: 4190001001 }),
    ].map((fact) => ({ ...fact, personal: undefined }));
    const text = JSON.stringify(callAfter(...facts));
    expect(text).not.toMatch(/key safe|Hello|HMXQ|7700/);
    expect(text).toContain('"by":"external"');
  });
});

describe('a machine that talked in a call', () => {
  it('is told with what it heard and why it asked for a person', () => {
    const id = 'aircall.main.4190001002';
    const facts = ['ended', 'escalated', 'summary'].map((step) => told(`ai_voice_agent.${step}`));
    expect(recordKinds.call.view(stateAfter('call', id, facts))).toMatchObject({
      phone: '+447700900123',
      voiceAgents: [
        {
          agent: { id: 'aircall.main.ava-3f1c', name: 'Night desk' },
          endReason: 'escalated',
          escalatedAt: '2026-09-14T20:48:09.000Z',
          escalationReason: 'Caller asked for a person',
          extracted: [{ name: 'booking_reference', value: 'HMXQ2P9T4R' }],
        },
      ],
    });
  });

  it('is told twice when it talked twice', () => {
    const again = { ai_voice_agent_session_id: 'another', started_at: 1789418800 };
    const id = 'aircall.main.4190001002';
    const facts = [told('ai_voice_agent.ended'), told('ai_voice_agent.ended', again)];
    expect(recordKinds.call.view(stateAfter('call', id, facts))).toMatchObject({
      voiceAgents: [{ session: 'another' }, { startedAt: '2026-09-14T20:47:31.000Z' }],
    });
  });
});

describe('a call that the API was asked about', () => {
  it('is as the API says where that is newer, and keeps what the API does not tell', () => {
    const view = callAfter(
      told('call.ended.answered'),
      told('call.tagged'),
      answered('call', 'call'),
    );
    expect(view).toMatchObject({
      archived: false,
      participants: [{ kind: 'contact' }, { kind: 'colleague' }],
      tags: [{ by: { name: 'Ines Carvalho' }, id: '60711', name: 'Check-in issue' }],
    });
  });

  it('loses to what was told after the question, whenever it arrives', () => {
    const after = told('call.archived', {}, { timestamp: LATER + 1 });
    expect(callAfter(after, answered('call', 'call')).archived).toBe(true);
    expect(callAfter(told('call.archived'), answered('call', 'call')).archived).toBe(false);
  });

  it('loses a tag whose taking off nobody told', () => {
    const { call } = sample('rest.call.get') as { call: JsonObject };
    const bare = answerOf('call', OWN, { call: { ...call, tags: [] } }, LATER);
    expect(callAfter(told('call.tagged'), bare)).not.toHaveProperty('tags');
    expect(callAfter(bare, told('call.tagged'))).not.toHaveProperty('tags');
  });
});
