import { isBefore, type FeedTime, type GoneReason } from '#libs/contracts';
import type { Code } from '#libs/kernel';

import type { ToldState } from '../entities/told-state.js';
import { HELD_MS } from '../removals/held.js';
import type { DocumentDigests } from './document-texts.js';
import type { NotedEntry } from './feed-place.js';
import type { ToldEntry } from './feed-deliveries.js';
import { isExplicit, type DocumentReading, type DocumentVerdict } from './judge-reading.js';

/** One document of a batch, with all that decides what is told about it. */
export interface JudgedDocument {
  /** The last part of its entity's id. */
  readonly id: string;
  readonly reading: DocumentReading;
  readonly verdict: DocumentVerdict;
  /** Where the verdict is `there`. */
  readonly digests?: DocumentDigests;
  /** What was told last. */
  readonly state?: ToldState;
  /** What a batch that was left in work may have told since. */
  readonly noted?: NotedEntry;
}

/** What a step does about one document. Nothing of it at all: nothing changed. */
export interface EntryDecision {
  readonly id: string;
  readonly tell?: ToldEntry;
  readonly note?: NotedEntry;
  /** `null`: forget that there was anything. */
  readonly state?: ToldState | null;
  readonly removal?: LifeRemoval;
  /** `null`: it could be read again. */
  readonly parked?: { readonly code: Code; readonly bytes?: number } | null;
}

/** Whether the key of one life of a document must be destroyed. */
export interface LifeRemoval {
  readonly life?: number;
  /** `null`: it is there, so it is not. */
  readonly reason: GoneReason | null;
}

export interface DecidingContext {
  readonly era: number;
  readonly pass: number;
  /** By our clock (ms). */
  readonly now: number;
  /** Whether documents of this group are followed now. */
  readonly follows: (group: string | undefined) => boolean;
}

/** Pure: whether a document differs from what was told about it, and what is told then. */
export const decideEntry = (document: JudgedDocument, context: DecidingContext): EntryDecision => {
  const decision = decide(document, context);
  const wasParked = document.state?.parked === true && document.verdict.is !== 'unread';
  return wasParked ? { ...decision, parked: null } : decision;
};

const decide = (document: JudgedDocument, context: DecidingContext): EntryDecision => {
  const { verdict } = document;
  switch (verdict.is) {
    case 'unread':
      return decideUnread(document, verdict, context);
    case 'there':
      return decideThere(document, verdict, context);
    case 'ignored':
      return decideGone(document, goneReasonOf('unfollowed', document), context);
    case 'gone':
      return decideGone(document, goneReasonOf(verdict.reason, document), context);
  }
};

const decideThere = (
  document: JudgedDocument,
  { texts, group }: Extract<DocumentVerdict, { is: 'there' }>,
  context: DecidingContext,
): EntryDecision => {
  const { id, reading, digests = { told: '', compared: '' }, state, noted } = document;
  const inGroup = group !== undefined && { group };
  const lived = lifeOf(document, context.now);
  const next: ToldState = {
    key: reading.key,
    era: context.era,
    digest: digests.compared,
    there: true,
    ...lived,
    ...inGroup,
    pass: context.pass,
  };
  const wasTold =
    state?.there === true && state.era === context.era && state.digest === digests.compared;
  if (wasTold && !noted) {
    const isSettled = state.pass === context.pass && !state.parked && state.group === group;
    return isSettled ? { id } : { id, state: { ...next, ...(state.at && { at: state.at }) } };
  }
  const at = noted?.digest === digests.told ? noted.at : laterThan(document);
  const removal = removalOf(document, lived.life);
  return {
    id,
    tell: { id, at, ...lived, told: { document: texts.told } },
    note: { key: reading.key, at, digest: digests.told },
    state: { ...next, at },
    ...(removal && { removal }),
  };
};

/** What the life before said goes as it was to go. Within one life it stays, as if it had never been away. */
const removalOf = (document: JudgedDocument, life: number | undefined): LifeRemoval | undefined => {
  const { state, noted } = document;
  if (!wasGone(document)) return undefined;
  if (life === state?.life) return { ...(life !== undefined && { life }), reason: null };
  return noted?.gone === undefined ? undefined : endedBy(document, noted.gone);
};

/** A leader who died said that a life is over, and nobody knows whether its removal was kept. */
const endedBy = ({ state }: JudgedDocument, reason: GoneReason): LifeRemoval => ({
  ...(state?.life !== undefined && { life: state.life }),
  reason,
});

const decideGone = (
  document: JudgedDocument,
  reason: GoneReason,
  context: DecidingContext,
): EntryDecision => {
  const { id, reading, state, noted } = document;
  if (!noted && state?.at === undefined) return state ? { id, state: null } : { id };
  const lived = state?.life === undefined ? {} : { life: state.life };
  const next: ToldState = {
    key: reading.key,
    era: context.era,
    there: false,
    ...lived,
    gone: reason,
    goneAt: context.now,
    pass: context.pass,
  };
  const isKnown = state?.there === false && state.era === context.era;
  if (isKnown && !noted) {
    // It was missed or not ours first, and now its database says that somebody took it away.
    const isSurer = isExplicit(reason) && !isExplicit(state.gone);
    if (!isSurer) return state.parked ? { id, state: withoutParking(state) } : { id };
    return {
      id,
      state: { ...next, ...(state.at && { at: state.at }) },
      removal: { ...lived, reason },
    };
  }
  const at = noted?.gone === reason ? noted.at : laterThan(document);
  return {
    id,
    tell: { id, at, ...lived, told: { gone: reason } },
    note: { key: reading.key, at, gone: reason },
    state: { ...next, at },
    removal: { ...lived, reason },
  };
};

/** It cannot be read: what was told about it stays, unless it is not ours any more. */
const decideUnread = (
  document: JudgedDocument,
  { code, bytes }: Extract<DocumentVerdict, { is: 'unread' }>,
  context: DecidingContext,
): EntryDecision => {
  const { id, reading, state, noted } = document;
  if (state?.there && !context.follows(state.group))
    return decideGone(document, 'unfollowed', context);
  const parked = { code, ...(bytes !== undefined && { bytes }) };
  const { key, era, pass } = { key: reading.key, ...context };
  const isCurrent = state === undefined || state.era === era;
  if (isCurrent && !noted)
    return { id, parked, state: { key, era, there: false, ...state, pass, parked: true } };
  // Nobody knows what the log has of it. Without a digest the next reading is told.
  const at = noted?.at ?? state?.at;
  const group = state?.group !== undefined && { group: state.group };
  const there = at !== undefined;
  return {
    id,
    parked,
    state: {
      key,
      era,
      there,
      ...lifeOf(document, context.now),
      ...(at && { at }),
      ...group,
      pass,
      parked: true,
    },
    ...(noted?.gone !== undefined && { removal: endedBy(document, noted.gone) }),
  };
};

const withoutParking = ({ parked: _parked, ...state }: ToldState): ToldState => state;

/**
 * What somebody took away is erased for good, and so is what stayed away for long. When such a document comes back,
 * another life begins, with a stream and a key of its own.
 */
const lifeOf = ({ state, noted }: JudgedDocument, now: number): { readonly life?: number } => {
  const life = state?.life ?? 1;
  const goneBefore = state?.there === false ? state : undefined;
  const reason = noted?.gone ?? goneBefore?.gone;
  const isOver = goneBefore?.goneAt !== undefined && now - goneBefore.goneAt >= LIFE_OVER_MS;
  const lives = isExplicit(reason) || isOver ? life + 1 : life;
  return lives === 1 ? {} : { life: lives };
};

/** Somewhat before what stayed away is erased, so that nothing is told into a stream that is erased meanwhile. */
const LIFE_OVER_MS = HELD_MS - 3_600_000;

/** Or may have been: what is gone has no digest, and what is not known has none. */
const wasGone = ({ state, noted }: JudgedDocument): boolean =>
  (state !== undefined && state.digest === undefined) || noted?.gone !== undefined;

/** Why it is gone, if it was gone before: an absence says less than the event that told it. */
const goneReasonOf = (reason: GoneReason, { state, noted }: JudgedDocument): GoneReason => {
  const before = noted ? noted.gone : state?.gone;
  return before !== undefined && (isExplicit(before) || !isExplicit(reason)) ? before : reason;
};

/** The moment of the reading, and strictly later than all that was told, or may have been told, about this document. */
const laterThan = ({ reading, state, noted }: JudgedDocument): FeedTime => {
  let at = reading.at;
  for (const before of [state?.at, noted?.at])
    if (before && !isBefore(before, at)) at = { t: before.t, i: before.i + 1 };
  return at;
};
