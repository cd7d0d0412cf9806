/** A listing by what people call it. */
export interface ListingName {
  readonly id: string;
  readonly nickname?: string;
  readonly title?: string;
}

export interface FoundListings {
  /** Each fits the whole name; more than one is for a person to choose from. */
  readonly fits: readonly ListingName[];
  /** Where nothing fits: what is called much the same, nearest first. */
  readonly near: readonly ListingName[];
}

const MOST_NEAR = 5;
/** Of the pairs of letters of both names: below it two names have nothing in common. */
const LEAST_ALIKE = 0.3;

/** The listings that a person means by a name: an id, a nickname, a title, in any case and with or without accents. */
export const listingsCalled = (all: readonly ListingName[], name: string): FoundListings => {
  const wanted = foldedName(name);
  const byId = all.filter(({ id }) => id === name.trim() || lastPartOf(id) === name.trim());
  if (byId.length > 0) return { fits: byId, near: [] };
  for (const nameOf of [nicknameOf, titleOf]) {
    const fits = all.filter((one) => wanted !== '' && foldedName(nameOf(one)) === wanted);
    if (fits.length > 0) return { fits, near: [] };
  }
  const near = all
    .map((one) => ({
      one,
      alike: Math.max(...[nicknameOf, titleOf].map((of) => likeness(wanted, foldedName(of(one))))),
    }))
    .filter(({ alike }) => alike >= LEAST_ALIKE)
    .sort((a, b) => b.alike - a.alike || (a.one.id < b.one.id ? -1 : 1));
  return { fits: [], near: near.slice(0, MOST_NEAR).map(({ one }) => one) };
};

const nicknameOf = ({ nickname = '' }: ListingName): string => nickname;
const titleOf = ({ title = '' }: ListingName): string => title;

const lastPartOf = (id: string): string => id.split('.').slice(2).join('.');

const foldedName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const pairsOf = (text: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, i) => text.slice(i, i + 2)));

/** Dice's measure over pairs of letters. */
const likeness = (a: string, b: string): number => {
  const [left, right] = [pairsOf(a), pairsOf(b)];
  if (left.size + right.size === 0) return 0;
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return (2 * shared) / (left.size + right.size);
};
