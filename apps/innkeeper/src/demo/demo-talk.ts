import type { FactKey } from './demo-home.js';

/** What guests write about that is the same at every home. */
export const topicKeys = [
  'late',
  'early',
  'lateOut',
  'luggage',
  'invoice',
  'deposit',
  'extraGuest',
  'cot',
  'lost',
  'noise',
  'broken',
  'dirty',
  'arrived',
  'cancel',
  'dates',
  'payment',
  'surprise',
  'towels',
  'insects',
  'keyStuck',
  'cold',
  'slowWifi',
  'taxi',
] as const;
export type TopicKey = (typeof topicKeys)[number];

export interface TopicExchange {
  readonly ask: readonly string[];
  readonly answer: readonly string[];
}

/**
 * How guests and hosts write in one language. `{guest}`, `{host}`, `{home}`, `{time}`, `{n}`, `{amount}`, `{item}`,
 * `{place}`, `{thing}`, `{mail}` and `{day}` are filled in.
 */
export interface DemoTalk {
  readonly hello: readonly string[];
  readonly hostHello: readonly string[];
  readonly bye: readonly string[];
  readonly hostBye: readonly string[];
  readonly thanks: readonly string[];
  readonly items: readonly string[];
  readonly places: readonly string[];
  readonly things: readonly string[];
  readonly asks: Readonly<Record<FactKey, readonly string[]>>;
  readonly topics: Readonly<Record<TopicKey, TopicExchange>>;
  readonly reviews: Readonly<Record<'good' | 'mixed' | 'bad', readonly string[]>>;
}
