/** A piece of what a record says, as plain text: what belongs together, under one heading. Search is made of these. */
export interface RecordSection {
  /** Stays the same while the record's structure does: `access`, `comments/2`. No words of the record: an index keeps it. */
  readonly path: string;
  readonly heading?: string;
  readonly text: string;
  /** What it says happened between these times (ms). */
  readonly from?: number;
  readonly to?: number;
}

/** What a record's text is written with, beside its own values. */
export interface SectionSetting {
  /** Of the company: where the record says no other. */
  readonly timeZone: string;
}
