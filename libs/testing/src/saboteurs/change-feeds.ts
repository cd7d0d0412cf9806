import type { ChangeFeed } from '#libs/ports/change-feed';

/** Answers what it found: what is absent is left out, so that nobody hears of a deletion. */
export const feedWithoutAbsence = (inner: ChangeFeed): ChangeFeed =>
  disguised(inner, {
    read: async (keys) => {
      const { at, documents } = await inner.read(keys);
      return { at, documents: documents.filter(({ document }) => document) };
    },
  });

/** Opens where the database is now: what happened between two openings is lost. */
export const feedOpeningAtNow = (inner: ChangeFeed): ChangeFeed =>
  disguised(inner, { open: async () => inner.open(await inner.now()) });

/** Scans like a query that compares identities: it stays within the type of the first. */
export const feedScanningOneType = (inner: ChangeFeed): ChangeFeed =>
  disguised(inner, {
    scan: async (request) => {
      const page = await inner.scan(request);
      const documents = page.documents.filter(({ key }) => key.startsWith('"'));
      return { ...page, documents };
    },
  });

const disguised = (inner: ChangeFeed, other: Partial<ChangeFeed>): ChangeFeed => ({
  now: () => inner.now(),
  open: (after) => inner.open(after),
  read: (keys) => inner.read(keys),
  scan: (request) => inner.scan(request),
  count: () => inner.count(),
  examine: () => inner.examine(),
  close: () => inner.close(),
  ...other,
});
