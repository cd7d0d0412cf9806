import { fault } from '#libs/kernel';

/** Times leave as ISO 8601, UTC. */
export const iso = (ms: number): string => new Date(ms).toISOString();

/** A page as it leaves: `next` is there on every page, `null` on the last. */
export interface PageAnswer<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export const pageAnswer = <T, Shown>(
  { items, next }: { readonly items: readonly T[]; readonly next?: string },
  show: (item: T) => Shown,
): PageAnswer<Shown> => ({ items: items.map(show), next: next ?? null });

export const found = <T>(thing: T | undefined): T => {
  if (thing === undefined) throw fault('API_NOT_FOUND');
  return thing;
};

type PresentFields<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Without what was not given: a use case asks whether a thing is there. */
export const present = <T extends object>(fields: T): PresentFields<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as PresentFields<T>;
