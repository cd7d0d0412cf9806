import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { runApi, sample, type Item, type RunningApi } from './running-api.js';

const names = [
  ...['message.received.sms', 'message.sent.sms', 'message.status_updated.sms'],
  ...['message.received.mms', 'message.received.whatsapp', 'group_message.received'],
  ...['call.ended.answered', 'summary.created', 'sentiment.created', 'ai_voice_agent.ended'],
  ...['realtime_transcription.utterances_received', 'integration.deleted'],
];

let api: RunningApi;

beforeAll(async () => {
  api = await runApi();
  await api.take(...names.map(sample));
  await api.project();
});
afterAll(() => api.stop());

const listed = async (path: string): Promise<readonly Item[]> =>
  (await api.ask<{ items: readonly Item[] }>('viewer', `/api/records/${path}`)).body.items;
const factsOf = async (type: string): Promise<readonly Item[]> =>
  (await api.ask<{ items: readonly Item[] }>('viewer', `/api/facts?type=${type}`)).body.items;

describe('what Aircall told, over the API', () => {
  it('lists text messages by how they came, which way and how far', async () => {
    expect(await listed('phone_message')).toHaveLength(5);
    expect(await listed('phone_message?channel=whatsapp')).toMatchObject([
      { displayName: 'Olá! Can I check in at 13:00?' },
    ]);
    expect(await listed('phone_message?direction=outbound&status=delivered')).toMatchObject([
      { text: 'Sorry about that. New code: 4417.' },
    ]);
    const group = 'aircall.main.b1a2c3d4-5566-4778-899a-abbccddeeff0';
    expect(await listed(`phone_message?group=${group}`)).toHaveLength(1);
  });

  it('shows in a call what is made of it, as far as it is told', async () => {
    const { body } = await api.ask('viewer', '/api/records/call/aircall.main.4190001001');
    expect(body).toMatchObject({
      insights: [{ insight: 'sentiment' }, { insight: 'summary' }],
      sentiments: [{ by: 'external', value: 'neutral' }],
    });
    const answered = await api.ask('viewer', '/api/records/call/aircall.main.4190001002');
    expect(answered.body).toMatchObject({ voiceAgents: [{ endReason: 'escalated' }] });
  });

  it('understands all of it, and keeps the words heard live as facts alone', async () => {
    expect(await factsOf('intake.delivery.not_understood.v1')).toEqual([]);
    expect(await factsOf('intake.call_utterances.observed.v1')).toMatchObject([
      { stream: 'call/aircall.main.4190001001', sealed: true },
    ]);
    expect(await factsOf('intake.integration.observed.v1')).toHaveLength(1);
  });
});
