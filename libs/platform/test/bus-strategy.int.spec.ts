import { sqliteBus, SqliteDatabase, type SqliteBus } from '#libs/adapters/sqlite';
import { REDRIVE_ATTRIBUTE, subscriptions, type Subscription } from '#libs/contracts';
import { fault, systemClock, textOf, utf8 } from '#libs/kernel';
import type { Message } from '#libs/ports/bus';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Health } from '../src/health/health.js';
import { createHttpApp } from '../src/http/http-app.js';
import { startHttpApp } from '../src/http/start-http-app.js';
import { silentLog } from '../src/logs/log.js';
import { BusStrategy } from '../src/bus/bus-strategy.js';
import { Reactor, type ReactorOutcome } from '../src/bus/reactor.js';

const subscription = subscriptions.intakeOfDeliveries;
const { topic, deadLetter } = subscription;

let react: (
  messages: readonly Message[],
  of: Subscription,
) => Promise<readonly ReactorOutcome[] | void>;

@Controller()
class IntakeReactor {
  @Reactor(subscription)
  take(@Payload() messages: readonly Message[], @Ctx() of: Subscription) {
    return react(messages, of);
  }
}
@Module({ controllers: [IntakeReactor] })
class IntakeModule {}

let folder: string;
let database: SqliteDatabase;
let bus: SqliteBus;
let app: NestFastifyApplication;
let health: Health;
let probe: (() => void) | undefined;
let buried: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-strategy-'));
  database = new SqliteDatabase(join(folder, 'innkeeper.db'));
  bus = sqliteBus({ database, clock: systemClock });
  await bus.create(deadLetter ? [topic, deadLetter] : [topic], [subscription]);
  health = new Health();
  buried = [];
  const strategy = new BusStrategy({
    bus,
    health,
    log: silentLog,
    subscriptions: [subscription],
    bury: (_, { data }, { code }) => Promise.resolve(void buried.push(`${textOf(data)} ${code}`)),
    setTimer: (run) => {
      probe = run;
      return () => undefined;
    },
  });
  react = () => Promise.resolve();
  app = await createHttpApp(IntakeModule, { log: silentLog, strategy });
});

const start = () => startHttpApp(app, { host: '127.0.0.1', port: 0 });

afterEach(async () => {
  await app.close();
  await bus.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

const publish = (texts: readonly string[], attributes: Record<string, string> = {}) =>
  bus.publish(
    topic,
    texts.map((text) => ({ data: utf8(text), attributes })),
  );

/** Settles once the reactor has said of the bus that nothing waits any more. */
const drained = async (): Promise<void> => {
  while ((await bus.backlog(subscription)).waiting > 0) await new Promise(setImmediate);
};

describe('the strategy on the embedded bus', () => {
  it('takes in what waited while nobody listened, in batches', async () => {
    const batches: number[] = [];
    react = (messages) => Promise.resolve(void batches.push(messages.length));
    await publish(Array.from({ length: 600 }, (_, i) => `m${i}`));
    await start();
    await drained();
    expect(batches.reduce((sum, size) => sum + size, 0)).toBe(600);
    expect(Math.max(...batches)).toBe(subscription.batch);
  });

  it('tells a reactor that asks by which subscription a batch came', async () => {
    const names = new Set<string>();
    react = async (_, { name }) => void names.add(name);
    await publish(['a']);
    await start();
    await drained();
    expect([...names]).toEqual([subscription.name]);
  });

  it('loses only the poison of a batch, and that to the dead letters', async () => {
    const well: string[] = [];
    react = (messages) => {
      const texts = messages.map(({ data }) => textOf(data));
      if (texts.includes('poison')) throw fault('INTAKE_DELIVERY_MALFORMED');
      well.push(...texts);
      return Promise.resolve();
    };
    await publish(['a', 'poison', 'b']);
    await start();
    await drained();
    expect([well, buried]).toEqual([['a', 'b'], ['poison INTAKE_DELIVERY_MALFORMED']]);
  });

  it('keeps everything through an outage, uses no attempt, and drains when it is over', async () => {
    const attempts: number[] = [];
    let away = true;
    let held = Promise.withResolvers<void>();
    react = (messages) => {
      attempts.push(...messages.map(({ attempt }) => attempt));
      if (!away) return Promise.resolve();
      held.resolve();
      return Promise.reject(fault('LOG_UNAVAILABLE'));
    };
    await start();
    await publish(['a', 'b']);
    for (let outage = 0; outage < 10; outage++) {
      await held.promise;
      while (health.report().ready) await new Promise(setImmediate);
      held = Promise.withResolvers<void>();
      if (outage === 9) away = false;
      await new Promise(setImmediate);
      probe?.();
    }
    await drained();
    expect([new Set(attempts), buried]).toEqual([new Set([1]), []]);
    expect(health.report().ready).toBe(true);
  });

  it('drops unread what was redriven for another subscription', async () => {
    const seen: string[] = [];
    react = (messages) =>
      Promise.resolve(void seen.push(...messages.map(({ data }) => textOf(data))));
    await publish(['not mine'], { [REDRIVE_ATTRIBUTE]: 'other--one' });
    await publish(['mine'], { [REDRIVE_ATTRIBUTE]: subscription.name });
    await start();
    await drained();
    expect(seen).toEqual(['mine']);
  });

  it('finishes the batch in work when it is closed, and keeps the rest', async () => {
    const entered = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    react = () => {
      entered.resolve();
      return finish.promise;
    };
    await publish(Array.from({ length: subscription.batch + 1 }, (_, i) => `m${i}`));
    await start();
    await entered.promise;
    let closed = false;
    const closing = app.close().then(() => (closed = true));
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(closed).toBe(false);
    finish.resolve();
    await closing;
    expect(await bus.backlog(subscription)).toMatchObject({ waiting: 1 });
  });
});
