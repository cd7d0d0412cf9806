import { describe, expect, it } from '@jest/globals';

import { utf8 } from '#libs/kernel';
import { aircall } from '#libs/providers/aircall';
import { guesty } from '#libs/providers/guesty';
import { readNote } from '#libs/providers/notes';
import type { Observation, Provider } from '#libs/ports/provider';

import { demoCompany } from './demo-company.js';
import type { DemoDelivery } from './demo-delivery.js';
import { demoStays } from './demo-stays.js';
import type { DemoTime } from './demo-time.js';

const time = { today: '2026-11-30', now: Date.UTC(2026, 10, 30, 15, 0) };
const providers: Readonly<Record<'aircall' | 'guesty', Provider>> = { aircall, guesty };

const observationsOf = (delivery: DemoDelivery): readonly Observation[] => {
  if (delivery.way === 'note') return [];
  const { at, payload, source, way } = delivery;
  const provider = providers[source];
  const body = utf8(JSON.stringify(payload));
  const read =
    way === 'door'
      ? provider.normalise({ account: 'main', headers: {}, body, receivedAt: at })
      : provider.api?.normalise({
          account: 'main',
          headers: {
            'innkeeper-entity': delivery.entity,
            'innkeeper-id': delivery.id,
            'innkeeper-asked-at': String(at),
          },
          body,
          receivedAt: at,
        });
  if (!read?.understood || 'canary' in read) throw new Error(JSON.stringify({ read, payload }));
  return read.observations;
};

const all = (at: DemoTime): readonly DemoDelivery[] => {
  const { first, history } = demoCompany(at);
  return [...first, ...history];
};
const deliveries = all(time);
const observed = deliveries.flatMap(observationsOf);
const countOf = (type: string): number =>
  new Set(
    observed.filter((one) => one.type === `intake.${type}.observed.v1`).map(({ stream }) => stream),
  ).size;

describe('the demo company', () => {
  it('has twelve homes, three hundred stays, and about two thousand calls and messages', () => {
    expect(countOf('listing')).toBe(12);
    expect(countOf('reservation')).toBe(300);
    const spoken = countOf('call') + countOf('phone_message') + countOf('guest_message');
    expect(spoken).toBeGreaterThan(1_900);
    expect(spoken).toBeLessThan(2_200);
  });

  it('is the same each time, and its records have the same ids on another day', () => {
    expect(all(time)).toEqual(deliveries);
    const later = { today: '2027-03-02', now: Date.UTC(2027, 2, 2, 15, 0) };
    const streams = (told: readonly Observation[]) => new Set(told.map(({ stream }) => stream));
    const then = streams(all(later).flatMap(observationsOf));
    const both = [...streams(observed)].filter((stream) => then.has(stream));
    expect(both.length).toBeGreaterThan(then.size * 0.97);
  });

  it('says nothing that has not happened yet', () => {
    for (const { occurredAt, type } of observed)
      expect([type, occurredAt <= time.now]).toEqual([type, true]);
  });

  it('leaves no place for a name unfilled', () => {
    const texts = deliveries.map((delivery) => JSON.stringify(delivery));
    expect(
      texts.filter((text) =>
        /\{(?:guest|host|home|time|n|amount|item|place|thing|mail|day|name|company)\}/.test(text),
      ),
    ).toEqual([]);
  });

  it('has no two stays of one home at a time', () => {
    const stays = demoStays();
    for (const [i, stay] of stays.entries()) {
      const next = stays[i + 1];
      if (next?.home === stay.home) expect(next.from).toBeGreaterThanOrEqual(stay.to);
    }
  });

  it('has somebody who arrives today, tomorrow, and who leaves', () => {
    const stays = demoStays().filter(({ status }) => status === 'confirmed');
    const at = (field: 'from' | 'to', day: number) =>
      stays.filter((stay) => stay[field] === day).length;
    expect([at('from', 0), at('from', 1), at('to', 0), at('to', 1)]).toEqual([2, 4, 6, 2]);
  });

  it('does not say the same text more than a few times', () => {
    const texts = observed.flatMap(({ personal, type }) => {
      const text = personal?.['text'];
      return type === 'intake.guest_message.observed.v1' && typeof text === 'string' ? [text] : [];
    });
    const counts = new Map<string, number>();
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
    const longOnes = [...counts].filter(([text]) => text.length > 40);
    expect(Math.max(...longOnes.map(([, count]) => count))).toBeLessThan(7);
    expect(counts.size).toBeGreaterThan(texts.length * 0.85);
  });

  it('has notes that can be read, each about a listing of its own', () => {
    const notes = deliveries.flatMap((delivery) => (delivery.way === 'note' ? [delivery] : []));
    expect(notes.length).toBeGreaterThan(20);
    for (const { text } of notes) expect(readNote(text)?.title).toBeDefined();
  });
});
