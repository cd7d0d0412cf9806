import type { Catalog } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import { canonicalJson, fault, utf8, type Clock, type Code, type Hash } from '#libs/kernel';
import {
  NOTE_LENGTH,
  NOTE_REMOVED,
  NOTE_SAVED,
  noteIdOf,
  readNote,
  type ReadNote,
} from '#libs/providers/notes';
import type { AskedNoting, RemovedNoteAnswer, SavedNoteAnswer } from '#libs/routes';

export interface NotesParts {
  readonly handIn: Intake['handIn'];
  readonly findListings: Catalog['findListings'];
  /** Its name is used up: nothing that it says would be kept. */
  readonly isErased: (note: string) => Promise<boolean>;
  readonly account: string;
  readonly clock: Clock;
  readonly hash: Hash;
}

const SOURCE = 'notes';

/** A note becomes a delivery; only the name of its listing is settled before, while its author can still be asked. */
export const saveNote =
  (parts: NotesParts) =>
  async (asked: AskedNoting): Promise<SavedNoteAnswer> => {
    if (asked.text.length > NOTE_LENGTH) throw fault('INTAKE_NOTE_TOO_LONG');
    const read = readNote(asked.text);
    if (!read) throw fault('INTAKE_NOTE_UNREADABLE');
    if (read.text === '' && read.deleted !== true) throw fault('INTAKE_NOTE_EMPTY');
    const called = asked.listing ?? read.listing;
    const listing = called === undefined ? undefined : await listingCalled(parts, called);
    const own = await noteIdOf(nameOf(asked, read, listing), parts.hash);
    const note = `${SOURCE}.${parts.account}.${own}`;
    if (await parts.isErased(note)) throw fault('INTAKE_NOTE_ERASED');
    const { language, tags, text, title } = asked;
    const said = { event: NOTE_SAVED, id: own, language, listing, tags, text, title };
    const { id, outcome } = await handIn(parts, own, said);
    return {
      id,
      status: outcome,
      note,
      listing: listing ?? null,
    };
  };

/** `note` is the record's id. */
export const removeNote =
  (parts: NotesParts) =>
  async (note: string): Promise<RemovedNoteAnswer> => {
    const prefix = `${SOURCE}.${parts.account}.`;
    if (!note.startsWith(prefix)) throw fault('API_NOT_FOUND');
    const own = note.slice(prefix.length);
    const { id, outcome } = await handIn(parts, own, { event: NOTE_REMOVED, id: own });
    return { id, status: outcome, note };
  };

const handIn = (
  { handIn: take, clock }: NotesParts,
  thing: string,
  said: Readonly<Record<string, unknown>>,
): ReturnType<Intake['handIn']> => {
  const at = clock.now();
  const body = utf8(canonicalJson({ ...said, savedAt: new Date(at).toISOString() }));
  return take({ source: SOURCE, thing, said: canonicalJson(said), body, at });
};

const nameOf = (asked: AskedNoting, read: ReadNote, listing: string | undefined): string => {
  if (asked.name !== undefined) return asked.name;
  const title = asked.title ?? read.title;
  if (title === undefined) throw fault('INTAKE_NOTE_NAMELESS');
  return listing === undefined ? title : `${listing}/${title}`;
};

const listingCalled = async ({ findListings }: NotesParts, name: string): Promise<string> => {
  const { fits, near } = await findListings(name);
  const [fit, other] = fits;
  if (fit && !other) return fit.id;
  throw other
    ? choiceOf('INTAKE_NOTE_LISTING_AMBIGUOUS', fits)
    : choiceOf('INTAKE_NOTE_LISTING_UNKNOWN', near);
};

const MOST_CHOICES = 20;
/** By their ids alone: details are logged, and the name of a home may be somebody’s. */
const choiceOf = (code: Code, choices: readonly { readonly id: string }[]) =>
  fault(code, {
    details: {
      ...(choices.length > 0 && {
        choices: choices
          .slice(0, MOST_CHOICES)
          .map(({ id }) => id)
          .join(', '),
      }),
    },
  });
