import { canonicalJson, toHex, utf8, type Hash, type JsonObject } from '#libs/kernel';

/** A document in two texts. */
export interface DocumentTexts {
  /** As it is told. */
  readonly told: string;
  /** Without the quiet fields: it decides whether the document changed. */
  readonly compared: string;
}

export interface DocumentDigests {
  /** Whether telling it again would tell the same bytes. */
  readonly told: string;
  /** Whether it changed. */
  readonly compared: string;
}

/** Rocket.Chat touches it where nothing else changed, and so do other programs of Meteor's. */
const ALWAYS_QUIET = '_updatedAt';

/** Throws where a document has no canonical text. */
export const textsOf = (
  document: JsonObject,
  quietFields: readonly string[] = [],
): DocumentTexts => {
  const told = canonicalJson(document);
  let loud = document;
  for (const path of [ALWAYS_QUIET, ...quietFields]) loud = without(loud, path.split('.'));
  return { told, compared: loud === document ? told : canonicalJson(loud) };
};

/** One hash call for all of them, in order. Where both texts are one, so are both digests. */
export const digestTexts = async (
  hash: Hash,
  texts: readonly DocumentTexts[],
): Promise<readonly DocumentDigests[]> => {
  if (texts.length === 0) return [];
  const digests = await hash(
    texts.flatMap(({ told, compared }) =>
      told === compared ? [utf8(told)] : [utf8(told), utf8(compared)],
    ),
  );
  let next = 0;
  return texts.map(({ told, compared }) => {
    const toldDigest = shortOf(digests[next++]);
    return {
      told: toldDigest,
      compared: told === compared ? toldDigest : shortOf(digests[next++]),
    };
  });
};

/** 128 bits: nobody looks for two states of one document that collide. */
const shortOf = (digest: Uint8Array = new Uint8Array()): string => toHex(digest.subarray(0, 16));

/** The same object where there is no such field. */
const without = (value: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject => {
  if (!Object.hasOwn(value, name)) return value;
  const { [name]: inner, ...others } = value;
  if (rest.length === 0) return others;
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return value;
  const less = without(inner as JsonObject, rest);
  return less === inner ? value : { ...value, [name]: less };
};
