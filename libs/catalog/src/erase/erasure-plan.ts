import type { Id } from '#libs/kernel';

/** Why something that names the person is not taken without being asked for. */
export type ChoiceReason =
  /** It names somebody else, too. */
  | 'names_others'
  /** Several take part in it. */
  | 'group'
  /** Somebody who has a number or a mail in common, and may be somebody else. */
  | 'shared_handle'
  /** It named the person once, and names somebody else now. */
  | 'named_once'
  /** What was asked for names this person. */
  | 'named_by_it';

/** What is shared with somebody else, or may be: a person decides. */
export interface ErasureChoice {
  readonly stream: string;
  readonly reason: ChoiceReason;
}

export type FoundBy = 'id' | 'mail' | 'name' | 'number';

/** A record that no link leads to, and whose text holds one of the person's values. */
export interface ErasureFind {
  readonly stream: string;
  readonly by: FoundBy;
}

/** What nobody could read or prove, and mentions one of the records by the provider's own id. */
export interface Unlinked {
  /** Dead letters; the deliveries they are go with the others, and nobody can read these then. */
  readonly letters: readonly string[];
  /** Left as they are until somebody drops them: a stranger may write any id. */
  readonly quarantined: readonly Id[];
}

export interface Mentions extends Unlinked {
  /** Those that the letters are. */
  readonly deliveries: readonly Id[];
}

/** What an erasure will take, told before it happens. */
export interface ErasurePlan {
  readonly streams: readonly string[];
  /** How many streams of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Raw deliveries that fed those streams: each has a key of its own, and it goes too. */
  readonly deliveries: readonly Id[];
  readonly facts: number;
  /** Not taken unless asked for. */
  readonly choices: readonly ErasureChoice[];
  readonly finds: readonly ErasureFind[];
  /** There is more than was followed or searched: the bound was reached. */
  readonly bounded: boolean;
  /** Found by search, since nothing links it: there where something was found. */
  readonly unlinked?: Unlinked;
}

/** A place where something of the person is still to be seen. */
export interface ErasureRemainder {
  readonly where: 'delivery' | 'fact' | 'generation' | 'index' | 'link' | 'record';
  /** A stream, a record, a delivery's or a generation's number. */
  readonly name: string;
  /** It was a choice or a find of the plan, and nobody asked for it. */
  readonly known: boolean;
}

/** What was looked at after an erasure, and what was found. */
export interface ErasureLook {
  readonly records: number;
  readonly facts: number;
  readonly deliveries: number;
  readonly links: number;
  readonly left: readonly ErasureRemainder[];
}
