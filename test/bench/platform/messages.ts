/** What the bench asks of the platform that it measures. */
export type Ask = 'open' | 'usage' | 'collect' | 'times';

export interface Usage {
  /** The machine's monotonic time, ms: one clock for every process. */
  readonly at: number;
  /** CPU time of the process since its start, ms. */
  readonly cpuMs: number;
  readonly rss: number;
  readonly heapUsed: number;
  /** Call records written since the start. */
  readonly recorded: number;
}

export type Answer =
  | { readonly kind: 'ready'; readonly url: string; readonly token: string }
  | { readonly kind: 'usage'; readonly usage: Usage }
  /** Each time another step's worth of records is there. */
  | { readonly kind: 'step'; readonly usage: Usage }
  | { readonly kind: 'times'; readonly times: readonly number[] };

export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
