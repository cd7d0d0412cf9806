/**
 * Records that a value names: an id, a list of ids, or things that hold ids. Where a value may name several kinds,
 * each thing says by its `kind` of which it is.
 */
export const namedInside = (
  value: unknown,
  kinds: readonly string[],
  ownId: string,
): readonly string[] => {
  const [only] = kinds;
  if (only !== undefined && kinds.length === 1)
    return idsIn(value, accountOf(ownId)).map((id) => `${only}/${id}`);
  return thingsIn(value).flatMap(({ id, kind }) =>
    typeof id === 'string' && typeof kind === 'string' && kinds.includes(kind)
      ? [`${kind}/${id}`]
      : [],
  );
};

/** A text that is the value itself is an id. Deeper down there are other texts: what has this account is an id. */
const idsIn = (value: unknown, account: string | undefined): readonly string[] => {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value))
    return value.flatMap((one) =>
      typeof one === 'string' ? idsIn(one, account) : deepIdsIn(one, account),
    );
  return deepIdsIn(value, account);
};

const deepIdsIn = (value: unknown, account: string | undefined): readonly string[] => {
  if (typeof value === 'string')
    return account !== undefined && value.startsWith(account) && !/\s/u.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => deepIdsIn(inner, account));
};

/** `aircall.main.` of `aircall.main.7`: what its provider calls things of the same account begins with it. */
const accountOf = (id: string): string | undefined => /^[^.]+\.[^.]+\./u.exec(id)?.[0];

const thingsIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    : [];
