import type { KindName } from '#libs/catalog';
import type { JsonObject } from '#libs/kernel';

import type { RecordsFor } from '../dialogues/readable-answers.js';
import type { LocalDay } from './local-days.js';

/** What is counted about what, when. */
export interface CountScope {
  readonly records: ReturnType<RecordsFor>;
  /** The days that are asked about, both included. */
  readonly from: LocalDay;
  readonly to: LocalDay;
  /** The same in ms. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The question said so; else it is what the topic takes. */
  readonly isTimeSaid: boolean;
  readonly today: LocalDay;
  readonly now: number;
  /** Homes and guests it is limited to, as `kind/id`; none: all. */
  readonly about: readonly string[];
  readonly language: string;
  readonly timeZone: string;
  /** Of calls: only those nobody answered. */
  readonly unanswered: boolean;
}

/** One line of the list behind a number. */
export interface CountedLine {
  /** The records it rests on, as `kind/id`; the first is the one that it links to. */
  readonly record: string;
  readonly text: string;
}

export interface CountedRecords {
  readonly count: number;
  readonly lines: readonly CountedLine[];
  /** Beside the number: sums of money, an average. */
  readonly sum?: string;
  /** More than were read: the number is a lower bound. */
  readonly more: boolean;
  /** What was counted, so that its sources can be named. */
  readonly kind: KindName;
}

export type CountTopicReader = (scope: CountScope) => Promise<CountedRecords>;

export const textIn = (record: JsonObject, field: string): string | undefined => {
  const value = record[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const objectIn = (record: JsonObject, field: string): JsonObject | undefined => {
  const value = record[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
};

export const numberIn = (record: JsonObject | undefined, field: string): number | undefined => {
  const value = record?.[field];
  return typeof value === 'number' ? value : undefined;
};

/** Records are read up to here; a number above is a lower bound, and says so. */
export const MOST = 5_000;
