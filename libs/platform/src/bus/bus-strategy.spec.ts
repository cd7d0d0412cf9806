import { subscriptions, type Subscription } from '#libs/contracts';
import { fault } from '#libs/kernel';
import type { BatchHandler, Bus, Consumption, Message, MessageOutcome } from '#libs/ports/bus';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { Health } from '../health/health.js';
import { createHttpApp } from '../http/http-app.js';
import { startHttpApp } from '../http/start-http-app.js';
import { silentLog, type Log } from '../logs/log.js';
import { pinoLog } from '../logs/pino-log.js';
import { BusStrategy } from './bus-strategy.js';
import { Reactor, type ReactorOutcome } from './reactor.js';

const { intakeOfDeliveries, keeperOfQuarantine } = subscriptions;

/** A bus in the hand of the test: it hands out a batch when told to, and shows what it was answered. */
class HandBus implements Bus {
  readonly handlers = new Map<string, BatchHandler>();
  paused = 0;
  resumed = 0;
  closed = 0;
  #inWork = new Set<Promise<unknown>>();

  consume(subscription: Subscription, handler: BatchHandler): Promise<Consumption> {
    this.handlers.set(subscription.name, handler);
    return Promise.resolve({
      pause: () => void (this.paused += 1),
      resume: () => void (this.resumed += 1),
      paused: false,
      close: async () => {
        await Promise.all(this.#inWork);
        this.closed += 1;
      },
    });
  }

  async hand(subscription: Subscription, ...ids: string[]): Promise<readonly MessageOutcome[]> {
    const messages = ids.map((id): Message => ({
      id,
      data: new Uint8Array(),
      attributes: { id: `delivery-${id}` },
      publishedAt: 0,
      attempt: 1,
    }));
    const work =
      this.handlers.get(subscription.name)?.(messages) ?? Promise.reject(new Error('no'));
    this.#inWork.add(work);
    return work;
  }

  publish = () => Promise.resolve();
  create = () => Promise.resolve();
  missing = () => Promise.resolve([]);
  backlog = () => Promise.resolve(undefined);
}

let app: NestFastifyApplication | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const boot = async (
  controllers: Type[],
  owned: readonly Subscription[] = [intakeOfDeliveries],
  log: Log = silentLog,
) => {
  const bus = new HandBus();
  const health = new Health();
  const buried: string[] = [];
  const probes: { run: () => void; ms: number }[] = [];
  const strategy = new BusStrategy({
    bus,
    health,
    log,
    subscriptions: owned,
    bury: (_, { id }, { code }) => Promise.resolve(void buried.push(`${id} ${code}`)),
    setTimer: (run, ms) => {
      probes.push({ run, ms });
      return () => undefined;
    },
  });
  @Module({ controllers })
  class RoleModule {}
  app = await createHttpApp(RoleModule, { log, strategy });
  await startHttpApp(app, { host: '127.0.0.1', port: 0 });
  return { bus, health, buried, probes };
};

let react: (messages: readonly Message[]) => Promise<readonly ReactorOutcome[] | void>;

@Controller()
class IntakeReactor {
  @Reactor(intakeOfDeliveries)
  take(messages: readonly Message[]) {
    return react(messages);
  }
}

describe('the bus strategy', () => {
  it('hands a whole batch to the reactor of its subscription and gives back one outcome each', async () => {
    const { bus } = await boot([IntakeReactor]);
    react = (messages) =>
      Promise.resolve(
        messages.map(({ id }) => (id === 'b' ? fault('LOG_VERSION_CONFLICT') : undefined)),
      );
    expect(await bus.hand(intakeOfDeliveries, 'a', 'b')).toEqual([
      { outcome: 'done' },
      { outcome: 'again', afterMs: 0 },
    ]);
  });

  it('sees the fault itself that a reactor throws, through all of Nest', async () => {
    const { bus, buried } = await boot([IntakeReactor]);
    react = () => Promise.reject(fault('INTAKE_DELIVERY_MALFORMED'));
    expect(await bus.hand(intakeOfDeliveries, 'a')).toEqual([{ outcome: 'done' }]);
    expect(buried).toEqual(['a INTAKE_DELIVERY_MALFORMED']);
  });

  it('writes one line for each message that failed: ids, code and what comes next, and no text', async () => {
    const lines: unknown[] = [];
    const log = pinoLog('info', { write: (line) => void lines.push(JSON.parse(line)) });
    const { bus } = await boot([IntakeReactor], undefined, log);
    react = (messages) =>
      Promise.resolve(
        messages.map(({ id }) =>
          id === 'b' ? fault('DEFECT_UNKNOWN', { cause: new Error('Zelda') }) : undefined,
        ),
      );
    await bus.hand(intakeOfDeliveries, 'a', 'b');
    expect(lines).toHaveLength(1);
    react = () => Promise.reject(fault('LOG_VERSION_CONFLICT'));
    await bus.hand(intakeOfDeliveries, 'a');
    // Nest, too, keeps quiet about what a reactor throws.
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      level: 'error',
      event: 'message.failed',
      subscription: intakeOfDeliveries.name,
      outcome: 'again',
      attempt: 1,
      messageId: 'b',
      correlation: 'delivery-b',
      causation: 'delivery-b',
      code: 'DEFECT_UNKNOWN',
      afterMs: expect.any(Number),
    });
    expect(JSON.stringify(lines)).not.toContain('Zelda');
  });

  it('serves several subscriptions alike with one reactor', async () => {
    const seen: string[] = [];
    @Controller()
    class BothReactor {
      @Reactor(intakeOfDeliveries, keeperOfQuarantine)
      take(messages: readonly Message[]) {
        seen.push(...messages.map(({ id }) => id));
        return Promise.resolve();
      }
    }
    const { bus } = await boot([BothReactor], [intakeOfDeliveries, keeperOfQuarantine]);
    await bus.hand(intakeOfDeliveries, 'a');
    await bus.hand(keeperOfQuarantine, 'b');
    expect(seen).toEqual(['a', 'b']);
  });

  it('pauses while something is away, looks again ever more rarely, and says so', async () => {
    const { bus, health, probes } = await boot([IntakeReactor]);
    react = () => Promise.reject(fault('LOG_UNAVAILABLE'));
    for (let i = 0; i < 8; i++) {
      expect(await bus.hand(intakeOfDeliveries, 'a')).toEqual([{ outcome: 'hold' }]);
      probes.at(-1)?.run();
    }
    expect(probes.map(({ ms }) => ms)).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
    ]);
    expect([bus.paused, bus.resumed]).toEqual([8, 8]);
    expect(health.report()).toMatchObject({
      ready: false,
      parts: [{ role: 'webhook-ingest', ready: false, code: 'LOG_UNAVAILABLE' }],
    });
  });

  it('is ready again, and quick to look again, after the first batch that went well', async () => {
    const { bus, health, probes } = await boot([IntakeReactor]);
    react = () => Promise.reject(fault('LOG_UNAVAILABLE'));
    await bus.hand(intakeOfDeliveries, 'a');
    probes[0]?.run();
    react = () => Promise.resolve();
    await bus.hand(intakeOfDeliveries, 'a');
    expect(health.report().ready).toBe(true);
    react = () => Promise.reject(fault('LOG_UNAVAILABLE'));
    await bus.hand(intakeOfDeliveries, 'a');
    expect(probes.at(-1)?.ms).toBe(500);
  });

  it('looks again once, however many batches were held at a time', async () => {
    const { bus, probes } = await boot([IntakeReactor]);
    react = () => Promise.reject(fault('LOG_UNAVAILABLE'));
    await Promise.all([bus.hand(intakeOfDeliveries, 'a'), bus.hand(intakeOfDeliveries, 'b')]);
    expect(probes).toHaveLength(1);
  });

  it('finishes what is in work before it is closed', async () => {
    const { bus } = await boot([IntakeReactor]);
    let finish = (): void => undefined;
    react = () => new Promise<void>((resolve) => (finish = resolve));
    const work = bus.hand(intakeOfDeliveries, 'a');
    const closing = app?.close();
    app = undefined;
    await new Promise(setImmediate);
    expect(bus.closed).toBe(0);
    finish();
    await closing;
    expect([await work, bus.closed]).toEqual([[{ outcome: 'done' }], 1]);
  });
});

describe('the check at start', () => {
  @Controller()
  class SecondIntakeReactor {
    @Reactor(intakeOfDeliveries)
    also() {
      return Promise.resolve();
    }
  }

  it.each([
    [
      'has no reactor',
      [IntakeReactor],
      [intakeOfDeliveries, keeperOfQuarantine],
      keeperOfQuarantine,
    ],
    ['is not of this process', [IntakeReactor], [], intakeOfDeliveries],
    [
      'has two reactors',
      [IntakeReactor, SecondIntakeReactor],
      [intakeOfDeliveries],
      intakeOfDeliveries,
    ],
  ])('refuses a subscription that %s', async (_, controllers, owned, { name }) => {
    await expect(boot(controllers, owned)).rejects.toMatchObject({
      code: 'PLATFORM_REACTORS_WRONG',
      details: { subscriptions: name },
    });
    app = undefined;
  });
});

it('refuses a method that is no reactor, at compile time, and leaves it what it is', async () => {
  class Wrong {
    // @ts-expect-error a reactor gets messages, not a number
    @Reactor(intakeOfDeliveries)
    take(count: number) {
      return Promise.resolve(count);
    }
  }
  expect(await new Wrong().take(3)).toBe(3);
});
