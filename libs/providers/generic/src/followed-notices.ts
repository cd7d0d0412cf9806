import { orderOf, readFeed, streamOfLife, type ReadEntry } from '#libs/contracts';
import { notUnderstood, objectOf, plainOfExtended, present } from '#libs/foreign';
import { canonicalJson, type JsonObject } from '#libs/kernel';
import type {
  FollowedCollection,
  Normalised,
  NormaliserInput,
  Observation,
} from '#libs/ports/provider';

import { subjectAt } from './chosen-fields.js';

/** Raise it when anything below says more or better. */
const NORMALISER = 1;

/** A collection of any database, and which of it is followed. */
export interface FollowedNoticesOptions {
  readonly collection: string;
  /** White list of paths; missing: whole documents. */
  readonly fields?: readonly string[];
  /** Where a document says in one line what it is: the name of a field, or a JSON pointer. */
  readonly subject?: string;
}

export interface FollowedNotices {
  readonly followed: FollowedCollection;
  /** Deliveries of the feed of that name. */
  normalise(input: NormaliserInput): Normalised;
}

/** Documents of a collection that has no folder of its own: one notice each, with the document as people read it. */
export const followedNotices = (
  name: string,
  { collection, fields, subject }: FollowedNoticesOptions,
): FollowedNotices => {
  const pointer = subject === undefined ? undefined : pointerOf(subject);
  return {
    followed: { name, collection, ...(fields && { fields }), standing: () => 'there' },

    normalise({ account, body }) {
      const read = readFeed(body);
      if (typeof read === 'string') return notUnderstood(read);
      if (read.feed !== name) return notUnderstood('the feed is not known');
      const { entries, leftOut } = read;
      return {
        understood: true,
        observations: entries.map((entry) =>
          noticeOf(`${name}.${account}.${entry.id}`, entry, pointer),
        ),
        ...(leftOut.length > 0 && { leftOut }),
      };
    },
  };
};

/** A field may have any name: one that begins with a slash is reached by a pointer. */
const pointerOf = (subject: string): string =>
  subject.startsWith('/') ? subject : `/${subject.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const noticeOf = (notice: string, entry: ReadEntry, pointer: string | undefined): Observation => {
  const { at, document, gone, life } = entry;
  const { occurredAt, rank } = orderOf(at);
  const about = {
    type: 'intake.notice.observed.v1',
    stream: streamOfLife('notice', notice, life),
    occurredAt,
  };
  const said = { ...(life !== undefined && { life }), normaliser: NORMALISER, notice, rank };
  if (gone !== undefined)
    return {
      ...about,
      data: { deleted: true, event: 'document.gone', ...said, reason: gone, whole: true },
    };
  const plain = plainOfExtended(document) as JsonObject;
  return {
    ...about,
    data: { event: 'document.read', ...said, whole: true },
    personal: present({
      body: canonicalJson(plain),
      subject: pointer === undefined ? undefined : subjectAt(objectOf(plain) ?? {}, pointer),
    }),
  };
};
