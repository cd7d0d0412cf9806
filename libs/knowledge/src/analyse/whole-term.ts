/** A phone number, a mail address, a code with hyphens: looked for as a whole, beside the words it is made of. */
export interface WholeTerm {
  readonly term: string;
  /** Less sure spellings of the same: the last digits of a phone number. */
  readonly also: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Words with a hyphen between them are words by themselves as well; the pieces of the others mean nothing. */
  readonly joined: boolean;
}
