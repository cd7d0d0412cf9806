import type { Id } from '#libs/kernel';

import type { TextSpan } from './text-size.js';

/** Where the words of one message begin in a text of several. */
export interface TurnStart {
  /** `kind/id`. */
  readonly record: string;
  readonly start: number;
}

/** A piece of a record's text, as it is indexed. Its text never stands in the index. */
export interface Passage {
  /** Derived from unit and path: rendering again gives the same id. */
  readonly id: Id;
  readonly unit: string;
  /** Where it stands in its unit: stays the same while the unit's structure does. */
  readonly path: string;
  /** What it stands under: the record's name and the headings above it. */
  readonly title: string;
  readonly text: string;
  /** Where its text begins and ends in the section it was cut from, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The records its text comes from, as `kind/id`. */
  readonly records: readonly string[];
  /** In its text, which message says what: only where no record stands for all of them. */
  readonly turns?: readonly TurnStart[];
  /** In its text, the lines of a talk that only say who speaks and when: nobody said them. */
  readonly bylines?: readonly TextSpan[];
  /** Turns were taken out of it: as a whole it means something else. */
  readonly isShortened?: boolean;
  readonly language: string;
  readonly scope: readonly string[];
  readonly audience: readonly string[];
  readonly from?: number;
  readonly to?: number;
}

/** A text before it is cut: what belongs together, under one heading. */
export interface SectionText {
  readonly path: string;
  readonly heading?: string;
  readonly text: string;
  /** It was made to be one passage: cut only where it is too long. */
  readonly isWhole?: boolean;
  /** Where they are others than those of the unit. */
  readonly records?: readonly string[];
  readonly turns?: readonly TurnStart[];
  readonly bylines?: readonly TextSpan[];
  readonly scope?: readonly string[];
  readonly audience?: readonly string[];
  readonly from?: number;
  readonly to?: number;
}

/** Everything that is rendered and replaced as a whole: a record, or the messages of a thread. */
export interface UnitText {
  /** `kind/id`. */
  readonly unit: string;
  readonly kind: string;
  /** What people call it. */
  readonly name: string;
  readonly sections: readonly SectionText[];
  readonly records: readonly string[];
  readonly scope: readonly string[];
  readonly audience: readonly string[];
}
