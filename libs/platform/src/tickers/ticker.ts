import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/**
 * What only ticks: it repeats its work as long as the process runs, keeps no checkpoint and answers to nobody. A tick
 * that is missed or fails is made good by the next one.
 */
export interface Ticker {
  /** 0: it does not tick here. */
  readonly everyMs: number;
  /** Whether the first tick comes with the start instead of after the first pause. */
  readonly atOnce?: boolean;
  /** Never runs twice at once. What it throws is logged once for each run of failures. */
  tick(): Promise<void>;
  /** Told when the process stops: ends a tick in work early, or does what is left. Both are waited for. */
  stop?(): Promise<void> | void;
}

export const TICKER_NAME = 'innkeeper:ticker';

/** Makes a provider class a ticker, by the name its log lines have. */
export const TickerNamed = (name: string): CustomDecorator => SetMetadata(TICKER_NAME, name);
