import { readCheckpoint } from '#libs/journal';
import { fault } from '#libs/kernel';
import type { Documents, FencedDocument, StoredDocument } from '#libs/ports/documents';
import type { EventLog, StoredFact } from '#libs/ports/event-log';
import { describe, expect, it, jest } from '@jest/globals';

import { Health } from '../health/health.js';
import { silentLog } from '../logs/log.js';
import { dyingAfterAcquire, FakeLeases, FakeTimers, settle } from '../testing/fakes.js';
import { runProjector, type ProjectorParts } from './run-projector.js';

const factAt = (position: number, era = 1, id = `fact-${position}`): StoredFact => ({
  id,
  type: 'intake.call.observed.v1',
  stream: 'call/1',
  occurredAt: 0,
  meta: '{}',
  data: '{}',
  position,
  version: position,
  era,
  recordedAt: 0,
});

class FakeLog {
  facts: StoredFact[] = [];
  away = false;
  #bells: (() => void)[] = [];

  append(...facts: StoredFact[]): void {
    this.facts.push(...facts);
    for (const ring of this.#bells.splice(0)) ring();
  }

  read = async (after: number, limit: number): Promise<readonly StoredFact[]> => {
    await Promise.resolve();
    if (this.away) throw fault('LOG_UNAVAILABLE');
    return this.facts.slice(after, after + limit);
  };

  wake = (after: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted || this.facts.length > after) return resolve();
      this.#bells.push(resolve);
      signal.addEventListener('abort', () => resolve());
    });

  head = () => {
    const last = this.facts.at(-1);
    return Promise.resolve({
      era: last?.era ?? 1,
      position: last?.position ?? 0,
      hash: new Uint8Array(),
    });
  };
}

class FakeDocuments {
  readonly stored = new Map<string, StoredDocument>();
  away = false;
  /** Holds writes back until they are let through. */
  gate: Promise<void> = Promise.resolve();

  get = (_: unknown, ids: readonly string[]) =>
    Promise.resolve(ids.map((id) => this.stored.get(id)));

  put = async (_: unknown, documents: readonly FencedDocument[]) => {
    await this.gate;
    if (this.away) throw fault('DOCUMENTS_UNAVAILABLE');
    return documents.map((document) => {
      const before = this.stored.get(document.id)?.fence?.position ?? 0;
      if (document.fence.position < before) return 'stale' as const;
      this.stored.set(document.id, { ...document, version: 1 });
      return 'written' as const;
    });
  };
}

const rig = () => {
  const timers = new FakeTimers();
  const leases = new FakeLeases(timers);
  const log = new FakeLog();
  const documents = new FakeDocuments();
  const store = documents as unknown as Documents;
  const applied: string[] = [];
  const start = (
    holder: string,
    apply: (facts: readonly StoredFact[]) => Promise<void> = () => Promise.resolve(),
    over: Partial<ProjectorParts> = {},
  ) => {
    const health = new Health();
    const running = runProjector(
      {
        name: 'catalog',
        role: 'catalog',
        batch: 2,
        apply: async (facts) => {
          await apply(facts);
          applied.push(`${holder}:${facts.map(({ position }) => position).join(',')}`);
        },
      },
      {
        eventLog: log as unknown as EventLog,
        documents: store,
        leases,
        timers,
        holder,
        health,
        log: silentLog,
        ...over,
      },
    );
    const ready = () => health.report().ready;
    return { running, health, ready };
  };
  const checkpoint = () => readCheckpoint(store, 'catalog');
  return { timers, leases, log, documents, applied, start, checkpoint };
};

describe('runProjector', () => {
  it('applies the log in batches, in order, then what comes, and saves how far it is', async () => {
    const { timers, log, applied, start, checkpoint } = rig();
    log.append(factAt(1), factAt(2), factAt(3));
    const { running } = start('a');
    await settle();
    log.append(factAt(4));
    await settle();
    expect(applied).toEqual(['a:1,2', 'a:3', 'a:4']);
    await timers.advance(200);
    expect(await checkpoint()).toEqual({
      era: 1,
      position: 4,
      fact: 'fact-4',
      recordedAt: 0,
      term: 1,
    });
    await running.stop();
    expect(await running.stopped).toBeUndefined();
  });

  it('saves a few times a second, not after each batch, and at once when it stops', async () => {
    const { timers, log, documents, start, checkpoint } = rig();
    const put = jest.spyOn(documents, 'put');
    const { running } = start('a');
    for (let position = 1; position <= 5; position++) {
      log.append(factAt(position));
      await settle();
    }
    expect(put).toHaveBeenCalledTimes(1);
    await timers.advance(200);
    expect(await checkpoint()).toMatchObject({ position: 5 });
    log.append(factAt(6));
    await settle();
    expect(await checkpoint()).toMatchObject({ position: 5 });
    await running.stop();
    expect(await checkpoint()).toMatchObject({ position: 6 });
    expect(put).toHaveBeenCalledTimes(3);
  });

  it('goes on after its checkpoint when it starts again', async () => {
    const { log, applied, start } = rig();
    log.append(factAt(1), factAt(2));
    const first = start('a');
    await settle();
    await first.running.stop();
    log.append(factAt(3));
    const second = start('b');
    await settle();
    expect(applied).toEqual(['a:1,2', 'b:3']);
    await second.running.stop();
  });

  it('never saves a checkpoint before its facts are applied', async () => {
    const { log, start, checkpoint } = rig();
    let finish = (): void => undefined;
    log.append(factAt(1));
    const { running } = start('a', () => new Promise((resolve) => (finish = resolve)));
    await settle();
    expect(await checkpoint()).toBeUndefined();
    finish();
    await settle();
    expect(await checkpoint()).toMatchObject({ position: 1 });
    await running.stop();
  });

  it('works on the next batch while a checkpoint is being written, and then writes only the last', async () => {
    const { log, documents, applied, start, checkpoint } = rig();
    let open = (): void => undefined;
    documents.gate = new Promise((resolve) => (open = resolve));
    log.append(...[1, 2, 3, 4, 5, 6].map((position) => factAt(position)));
    const { running } = start('a');
    await settle();
    expect(applied).toEqual(['a:1,2', 'a:3,4', 'a:5,6']);
    open();
    await running.stop();
    expect(await checkpoint()).toMatchObject({ position: 6 });
  });

  it('finishes the batch in hand before it stops, and frees the lease', async () => {
    const { log, leases, applied, start } = rig();
    let finish = (): void => undefined;
    log.append(factAt(1));
    const { running } = start('a', () => new Promise((resolve) => (finish = resolve)));
    await settle();
    const stopping = running.stop();
    finish();
    await stopping;
    expect([applied, await leases.list()]).toEqual([['a:1'], []]);
  });
});

describe('fail-over', () => {
  it('lets a second one stand by, ready, and take over within 15 s of a silent death', async () => {
    const { timers, leases, log, applied, start } = rig();
    log.append(factAt(1));
    start('a', undefined, { leases: dyingAfterAcquire(leases) });
    await settle();
    const standby = start('b');
    await timers.advance(2_000);
    expect([applied, standby.ready(), standby.running.leading]).toEqual([['a:1'], true, false]);
    await timers.advance(13_000);
    log.append(factAt(2));
    await settle();
    expect(applied).toEqual(['a:1', 'b:2']);
    await standby.running.stop();
  });
});

describe('failures', () => {
  it('waits while a back end is away, is not ready meanwhile, and loses nothing', async () => {
    const { timers, log, applied, start } = rig();
    log.append(factAt(1));
    log.away = true;
    const { running, health, ready } = start('a');
    await timers.advance(20_000);
    expect(health.report()).toMatchObject({ ready: false, parts: [{ code: 'LOG_UNAVAILABLE' }] });
    log.away = false;
    await timers.advance(15_000);
    expect([applied, ready()]).toEqual([['a:1'], true]);
    await running.stop();
  });

  it('applies a batch again that a defect broke, and is not ready until it went well', async () => {
    const { timers, log, applied, start, checkpoint } = rig();
    let broken = true;
    log.append(factAt(1));
    const { running, ready } = start('a', () =>
      broken ? Promise.reject(new TypeError('x')) : Promise.resolve(),
    );
    await timers.advance(1_000);
    expect([ready(), await checkpoint()]).toEqual([false, undefined]);
    broken = false;
    await timers.advance(15_000);
    expect([applied, ready()]).toEqual([['a:1'], true]);
    await running.stop();
  });

  it('does not run ahead of a store that takes no checkpoints', async () => {
    const { timers, log, documents, start } = rig();
    documents.away = true;
    log.append(...[1, 2, 3, 4, 5, 6].map((position) => factAt(position)));
    const { running, ready } = start('a');
    await timers.advance(0);
    expect(ready()).toBe(false);
    documents.away = false;
    await timers.advance(15_000);
    expect(ready()).toBe(true);
    await running.stop();
  });
});

describe('a log that was restored', () => {
  const seen = async (facts: StoredFact[]) => {
    const parts = rig();
    parts.log.append(...facts);
    const { running } = parts.start('a');
    await settle();
    await running.stop();
    return parts;
  };

  it.each([
    ['is shorter than the checkpoint', [factAt(1)]],
    ['went another way', [factAt(1), factAt(2), factAt(3, 1, 'other')]],
    ['went another way in a new era', [factAt(1), factAt(2), factAt(3, 2)]],
  ])('stops the projector for good with LOG_RESTORED when it %s', async (_, restored) => {
    const { log, start, timers, leases } = await seen([factAt(1), factAt(2), factAt(3)]);
    log.facts = restored;
    const { running, health } = start('b');
    expect(await running.stopped).toMatchObject({ code: 'LOG_RESTORED' });
    await timers.advance(60_000);
    expect(health.report()).toMatchObject({ ready: false, parts: [{ code: 'LOG_RESTORED' }] });
    expect(await leases.list()).toEqual([]);
  });

  it('goes on when the new era began after all that this projector has seen', async () => {
    const { log, start, applied } = await seen([factAt(1), factAt(2)]);
    log.append(factAt(3, 2), factAt(4, 2));
    const { running, ready } = start('b');
    await settle();
    expect([applied.at(-1), ready()]).toEqual(['b:3,4', true]);
    await running.stop();
  });
});
