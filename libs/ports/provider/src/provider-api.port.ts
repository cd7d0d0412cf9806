import type { Secret } from '#libs/kernel';

import type { Hint } from './hint.js';

/**
 * One entity as the provider's API gives it. One entity has one form, whether it was looked up or came in
 * a list, so one normaliser reads both.
 *
 * It becomes a delivery of the source `<provider>-api`. Its headers `innkeeper-entity`, `innkeeper-id` and
 * `innkeeper-asked-at` (ms) are as here. If the thing is gone, the delivery has no body, and also the header
 * `innkeeper-gone: true`. Its source time is `changedAt`, else 0.
 */
export interface RawAnswer extends Hint {
  /** The provider's own bytes; of a list, the bytes of the one item. */
  readonly body: Uint8Array;
  /**
   * Equal for equal states of the entity, where the bytes are not (links that are signed again each time). Only an
   * answer whose state differs from the last one of its entity tells something new.
   */
  readonly state?: string;
  /** Worth looking up besides, when this answer tells something new. */
  readonly hints?: readonly Hint[];
  /** When we asked, in ms: no answer says anything later. */
  readonly askedAt: number;
  /** The provider's own time of this state, where the entity carries one. */
  readonly changedAt?: number;
}

export type LookedUp =
  | { readonly outcome: 'found'; readonly answers: readonly RawAnswer[] }
  /** The provider has it no more, or never had it. */
  | { readonly outcome: 'gone' }
  /** It is there, and not for us: an add-on that is not booked, a right that is missing. */
  | { readonly outcome: 'withheld' };

/** In ms; `from` inclusive, `to` exclusive. What a recipe reads may lie somewhat outside, never less than inside. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface RecipePage {
  readonly answers: readonly RawAnswer[];
  /** Where to go on, as text for any process, also after days. Missing: everything in the stretch was read. */
  readonly next?: string;
  /** Entities read so far and in all, as far as the provider says; for the eyes of a person. */
  readonly progress: { readonly done: number; readonly of?: number };
}

/** A pass over the newest `reachMs`, each `everyMs`. Reaches overlap, so what changed late is seen again. */
export interface RecipePass {
  readonly everyMs: number;
  readonly reachMs: number;
}

/**
 * How one list of the provider is read whole. First import and reconcile are the same way over
 * different stretches: the import's goes back `historyMs` (or to 0 where everything is kept).
 */
export interface Recipe {
  /** `[a-z_]+`, forever: progress is kept by it. */
  readonly name: string;
  /** Which entities its pages hold. */
  readonly entities: readonly string[];
  /** By what the stretch counts; `nothing`: the list is short, and read whole each time. */
  readonly by: 'start' | 'creation' | 'change' | 'nothing';
  /** As far back as the provider's list goes. */
  readonly historyMs?: number;
  /** From the narrow and frequent to the wide and rare. */
  readonly passes: readonly RecipePass[];
  /**
   * One page, of at most a few hundred entities. `after` is the `next` of the page before, of this recipe
   * and stretch. Pages that shift while they are read cost repetitions, never a gap.
   */
  page(stretch: TimeRange, after?: string): Promise<RecipePage>;
}

/** Something that deliveries tell and no API does: when they are missed, it is lost for good. */
export interface OnlyTold {
  /** Fact of the provider's catalogue, `message`, `presence`: a word for people and metrics. */
  readonly what: string;
  /** Events that tell it. */
  readonly events: readonly string[];
  readonly why: string;
}

export interface WantedWebhook {
  /** Exactly as registered. */
  readonly url: string;
  readonly events: readonly string[];
  /** Those we can prove with, the current one first. */
  readonly secrets: readonly Secret[];
  /** As `inspect` or `mend` said last: how a registration of ours is known whose URL was changed. */
  readonly id?: string;
  /** What the state said last time: these are not missed, and not asked for again. */
  readonly refusedEvents?: readonly string[];
  /** For `mend`: make another, though this one looks as wanted. Not every provider says that it has stopped. */
  readonly anew?: boolean;
}

export type WebhookTrouble =
  | 'missing'
  | 'inactive'
  | 'url_wrong'
  | 'events_missing'
  /** Two of ours: every event comes twice. */
  | 'doubled'
  /** It signs with a secret that is not set here. */
  | 'secret_unknown';

export interface WebhookState {
  /** Empty: as wanted. */
  readonly troubles: readonly WebhookTrouble[];
  readonly id?: string;
  readonly url?: string;
  readonly active?: boolean;
  readonly events: readonly string[];
  /** Wanted, and not to be had from this provider: no trouble, a note. */
  readonly refusedEvents: readonly string[];
  /** What it signs with now, where the API says so. */
  readonly secret?: Secret;
}

/** Registration of our door at the provider. Both may be done again at any time. */
export interface WebhookRegistration {
  inspect(wanted: WantedWebhook): Promise<WebhookState>;

  /**
   * Mends what `inspect` finds, and answers the state after it. `secret_unknown` stays: no provider lets us
   * choose, so the secret of the answer has to become one of ours.
   */
  mend(wanted: WantedWebhook): Promise<WebhookState>;
}

/**
 * The way from us to a provider: it answers what we ask, within its limits, and is changed in nothing but
 * the registration of our door.
 *
 * Order: none. Repetition: everything may be asked again. Failure: `PROVIDER_API_…`, `OUTBOUND_…`.
 * Their kind says what to do: `throttled` carries how long to wait; `unavailable` and `misconfigured` hold for every
 * request. `missing` is not there yet, and `invalid` is about this one entity.
 */
export interface ProviderApi {
  /** The provider's own name. */
  readonly provider: string;
  readonly recipes: readonly Recipe[];
  readonly onlyTold: readonly OnlyTold[];
  readonly webhooks: WebhookRegistration;

  /** Whether the credentials are good. Throws when not. */
  ping(): Promise<void>;

  /** Throws `PROVIDER_ENTITY_UNKNOWN` for a kind it does not know. */
  lookUp(hint: Hint): Promise<LookedUp>;
}
