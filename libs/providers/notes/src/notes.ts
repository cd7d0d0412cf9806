import {
  CANARY_EVENT,
  canaryOf,
  canarySaved,
  eventName,
  instant,
  jsonObjectOf,
  notUnderstood,
  present,
  proveSaved,
  SIGNATURE_HEADERS,
  signSaved,
  unreadField,
  type Foreign,
} from '#libs/foreign';
import type { Normalised, NormaliserInput, Provider } from '#libs/ports/provider';

import { languageOf, lineOf, NOTE_LENGTH, readNote, tagsOf, type ReadNote } from './read-note.js';

/** Raise it when anything below, or in `readNote`, says more or better. */
const NORMALISER = 1;

export const NOTE_SAVED = 'note.saved';
export const NOTE_REMOVED = 'note.removed';

/** Of two within one millisecond, taking away wins. */
const ranks: Readonly<Record<string, number>> = { [NOTE_SAVED]: 10, [NOTE_REMOVED]: 20 };

const NOTE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
/** `<provider>.<account>.<id>`. A nickname was resolved at the door; one that comes here names no record. */
const LISTING = /^[a-z][a-z0-9-]*\.[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9._-]{1,128}$/;

const normalise = ({ account, body }: NormaliserInput): Normalised => {
  const payload = jsonObjectOf(body);
  if (!payload) return notUnderstood('the body is not a JSON object');
  const event = eventName(payload['event']);
  if (event === undefined) return notUnderstood(unreadField('event', payload['event']));
  const occurredAt = instant(payload['savedAt']);
  if (event === CANARY_EVENT) return canaryOf('savedAt', payload['savedAt'], occurredAt);
  if (occurredAt === undefined)
    return notUnderstood(unreadField('savedAt', payload['savedAt']), event);
  const rank = Object.hasOwn(ranks, event) ? ranks[event] : undefined;
  if (rank === undefined) return notUnderstood('the event is not known', event);
  const id = payload['id'];
  if (typeof id !== 'string' || !NOTE_ID.test(id))
    return notUnderstood(unreadField('id', id), event);
  return observed(payload, { account, event, id, occurredAt, rank });
};

interface NoteEvent {
  readonly account: string;
  readonly event: string;
  readonly id: string;
  readonly occurredAt: number;
  readonly rank: number;
}

const observed = (
  payload: Foreign,
  { account, event, id, occurredAt, rank }: NoteEvent,
): Normalised => {
  const { text } = payload;
  const isRemoved = event === NOTE_REMOVED;
  if (!isRemoved && typeof text !== 'string')
    return notUnderstood(unreadField('text', text), event);
  if (typeof text === 'string' && text.length > NOTE_LENGTH)
    return notUnderstood('the field text is longer than a note may be', event);
  const note = isRemoved ? undefined : readNote(String(text));
  if (!isRemoved && !note) return notUnderstood('the front matter is not understood', event);
  const removed = isRemoved || note?.deleted === true;
  const name = `notes.${account}.${id}`;
  const listing = [payload['listing'], note?.listing].find(isListing);
  return {
    understood: true,
    observations: [
      {
        type: 'intake.note.observed.v1',
        stream: `note/${name}`,
        occurredAt,
        data: present({
          deleted: removed ? (true as const) : undefined,
          event,
          language: languageOf(payload['language']) ?? note?.language,
          listing,
          normaliser: NORMALISER,
          note: name,
          rank,
          tags: tagsOf(payload['tags']) ?? note?.tags,
        }),
        ...(note && !removed && { personal: personalOf(payload, note) }),
      },
    ],
  };
};

/** What stands beside the Markdown wins over its front matter. */
const personalOf = (payload: Foreign, { text, title }: ReadNote) =>
  present({ text, title: lineOf(payload['title']) ?? title });

const isListing = (value: unknown): value is string =>
  typeof value === 'string' && LISTING.test(value);

/**
 * What the company writes down. An operator hands a note in at the API, whose token is the proof. A wiki that keeps
 * notes of its own may post them to a door instead, signed as Standard Webhooks says; without a secret it is shut.
 */
export const notes: Provider = {
  name: 'notes',

  secrets: {
    ending: 'SECRETS',
    means:
      'Secrets of a system that posts notes to `/webhooks/notes` (Standard Webhooks). `POST /api/notes` needs none.',
    expects: 'one or two secrets (whsec_… or whpk_…), separated by a comma',
    fits: /^(?:(?:whsec|whpk|whsk)_)?[A-Za-z0-9+/_-]{16,}={0,2}$/,
  },

  proofHeaders: SIGNATURE_HEADERS,

  handedIn: true,

  /** Room for the longest note in the longest encoding. */
  bodyLimit: 524_288,

  prove: proveSaved,
  normalise,
  sign: signSaved,
  canary: canarySaved,
};
