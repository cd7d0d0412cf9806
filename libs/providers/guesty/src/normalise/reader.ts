import type { Foreign } from '#libs/foreign';
import type { Normalised, Observation } from '#libs/ports/provider';

import type { GuestyReport } from './report.js';

/** One thing as it was told: by a webhook of either envelope, or by the API. */
export interface EntityReport {
  readonly report: GuestyReport;
  /** The thing itself; every field of it may be missing or odd. */
  readonly body: Foreign;
  /** What stood beside it; of an answer of the API, the answer. */
  readonly whole: Foreign;
  readonly deleted?: true;
  /** The provider's own id, where a question named it: an answer may leave it out. */
  readonly asked?: string;
}

export interface GuestyEntityReader {
  /** Where the thing stands in its envelope. */
  readonly under: string;
  read(told: EntityReport): Normalised;
  /** What the API says it has no more. */
  gone?(report: GuestyReport, id: string): readonly Observation[];
}
