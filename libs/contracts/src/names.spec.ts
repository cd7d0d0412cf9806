import { describe, expect, it } from '@jest/globals';

import {
  allSubscriptions,
  allTopics,
  deadLetterSubscriptions,
  factDefinitions,
  LONGEST_RETENTION_DAYS,
  recordSignal,
  subscriptions,
  topics,
} from './index.js';

const CONTEXTS = '(?:intake|capture|catalog|knowledge|answering|backups|vault|log|operations)';
const topicName = new RegExp(`^${CONTEXTS}\\.[a-z]+(?:-[a-z]+)*\\.v[1-9]\\d*$`);
const factType = new RegExp(`^${CONTEXTS}\\.[a-z]+(?:_[a-z]+)*\\.[a-z]+(?:_[a-z]+)*\\.v[1-9]\\d*$`);
const ROLES = [
  'webhook-ingest',
  'catalog',
  'api',
  'provider-sync',
  'change-stream-listener',
  'vectorizer',
  'llm-responder',
  'backup-orchestrator',
];

describe('topics', () => {
  it('are named <context>.<what>.v<major>', () => {
    const names = Object.values(topics).map(({ name }) => name);
    expect(names.filter((name) => !topicName.test(name))).toEqual([]);
  });

  it('have one name each that Pub/Sub takes, with room for the environment in front', () => {
    const names = [...allTopics, ...allSubscriptions].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][a-z0-9.-]{2,200}$/.test(name))).toEqual([]);
  });

  it('say what they carry', () => {
    expect(allTopics.filter(({ carries }) => carries.length < 10)).toEqual([]);
  });

  it('carry clear bodies only before intake has stored them', () => {
    const clear = Object.values(topics).filter((topic) => topic.clear);
    expect(clear).toEqual([topics.deliveries, topics.quarantine]);
  });
});

describe('subscriptions', () => {
  it('of dead letters keep a body that may be clear for a week at most, all others for a month', () => {
    for (const { name, retentionDays } of allSubscriptions)
      expect([name, retentionDays ?? LONGEST_RETENTION_DAYS]).toEqual([
        name,
        name.endsWith('.dead-letter--keeper') ? 7 : 31,
      ]);
  });

  it('are named <topic>--<consumer>', () => {
    for (const { name, topic, consumer } of allSubscriptions) {
      expect(name).toBe(`${topic.name}--${consumer}`);
      expect(consumer).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    }
  });

  it('consume a topic that is declared, in a role that exists', () => {
    for (const { topic, role } of allSubscriptions) {
      expect(allTopics).toContain(topic);
      expect(ROLES).toContain(role);
    }
  });

  it('put what they cannot handle into a declared topic of their own, sealed', () => {
    for (const { name, deadLetter } of Object.values(subscriptions)) {
      expect(deadLetter?.name).toBe(`${name}.dead-letter`);
      expect(deadLetter?.clear).toBe(false);
      expect(allTopics).toContain(deadLetter);
    }
  });

  it('have a keeper for every dead letter, which can lose none to a second queue', () => {
    const kept = deadLetterSubscriptions.map(({ topic }) => topic);
    expect(kept).toEqual(Object.values(subscriptions).map(({ deadLetter }) => deadLetter));
    for (const keeper of deadLetterSubscriptions) {
      expect(keeper.deadLetter).toBeUndefined();
      expect(keeper.attempts).toBe(Infinity);
    }
  });

  it('stay within what Pub/Sub allows', () => {
    for (const { ackDeadlineSeconds, backoff, batch, attempts } of allSubscriptions) {
      expect(ackDeadlineSeconds).toBeGreaterThanOrEqual(10);
      expect(ackDeadlineSeconds).toBeLessThanOrEqual(600);
      expect(backoff.most).toBeLessThanOrEqual(600_000);
      expect(backoff.first).toBeLessThanOrEqual(backoff.most);
      expect(batch).toBeGreaterThan(0);
      expect(batch).toBeLessThanOrEqual(1000);
      expect(attempts).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('facts', () => {
  it('are named <context>.<thing>.<past tense>.v<major>', () => {
    expect([...factDefinitions.keys()].filter((type) => !factType.test(type))).toEqual([]);
    // Past tense, or words that say it as well: "not understood", "asked back".
    const said = [...factDefinitions.keys()].map((type) => type.split('.')[2]);
    expect(
      said.filter((word) => !/(?:ed|asked_back|not_understood|began|withdrawn)$/.test(word ?? '')),
    ).toEqual([]);
  });

  it('stand under their own name', () => {
    for (const [type, definition] of factDefinitions) expect(definition.type).toBe(type);
  });
});

describe('a signal', () => {
  const signal = { kind: 'call', id: 'aircall.main.1', era: 1, position: 2, gone: false };

  it('carries ids and nothing else', () => {
    expect(recordSignal.parse(signal)).toEqual(signal);
    expect(recordSignal.safeParse({ ...signal, name: 'Grace Hopper' }).success).toBe(false);
    for (const field of Object.keys(signal))
      expect(recordSignal.safeParse({ ...signal, [field]: undefined }).success).toBe(false);
  });
});
