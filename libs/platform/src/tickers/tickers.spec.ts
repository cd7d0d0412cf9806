import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';

import { Process } from '../composition/process.js';
import { silentLog } from '../logs/log.js';
import { TickerNamed, type Ticker } from './ticker.js';
import { TickersModule } from './tickers.module.js';

let seen: string[];
let begun: PromiseWithResolvers<void>;
let ended: PromiseWithResolvers<void>;

@Injectable()
@TickerNamed('long')
class LongTicker implements Ticker {
  readonly everyMs = 1;
  readonly atOnce = true;

  async tick(): Promise<void> {
    seen.push('tick begun');
    begun.resolve();
    await ended.promise;
    seen.push('tick ended');
  }

  stop(): void {
    seen.push('stop');
    ended.resolve();
  }
}

@Injectable()
@TickerNamed('off')
class TickerThatIsOff implements Ticker {
  readonly everyMs = 0;
  readonly atOnce = true;

  async tick(): Promise<void> {
    seen.push('off');
  }
}

@Injectable()
@TickerNamed('stuck')
class TickerThatCannotStop implements Ticker {
  readonly everyMs = 60_000;

  async tick(): Promise<void> {
    seen.push('stuck');
  }

  stop(): Promise<void> {
    return Promise.reject(new Error('away'));
  }
}

describe('the tickers of a process', () => {
  let app: TestingModule;
  let warned: string[];

  beforeEach(async () => {
    seen = [];
    warned = [];
    begun = Promise.withResolvers();
    ended = Promise.withResolvers();
    const log = { ...silentLog, warn: (event: string) => void warned.push(event) };
    const process = { provide: Process, useValue: { log } };
    app = await Test.createTestingModule({
      imports: [
        { module: class {}, global: true, providers: [process], exports: [process] },
        TickersModule,
      ],
      providers: [LongTicker, TickerThatIsOff, TickerThatCannotStop],
    }).compile();
  });
  afterEach(() => ended.resolve());

  it('start with it, all that are on, and stop with it when the tick in work has ended', async () => {
    await app.init();
    await begun.promise;
    await app.close();
    expect(seen).toEqual(['tick begun', 'stop', 'tick ended']);
  });

  it('keep nobody from stopping when one of them cannot do what is left', async () => {
    await app.init();
    await begun.promise;
    await app.close();
    expect(warned).toEqual(['ticker.failed']);
  });
});
