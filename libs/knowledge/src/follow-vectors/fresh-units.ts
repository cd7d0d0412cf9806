/** What was indexed just now: its vectors go first, the newest before older ones. */
export interface FreshUnits {
  note(records: readonly FreshRecord[]): void;
  /** Each once. */
  take(limit: number): readonly FreshRecord[];
}

export interface FreshRecord {
  readonly kind: string;
  readonly id: string;
}

/** Who is forgotten here is found among all that have no vector. */
const MOST = 1_000;

export const createFreshUnits = (): FreshUnits => {
  const fresh = new Map<string, FreshRecord>();
  return {
    note(records) {
      for (const { kind, id } of records) {
        const name = `${kind}/${id}`;
        fresh.delete(name);
        fresh.set(name, { kind, id });
        const [oldest] = fresh.keys();
        if (fresh.size > MOST && oldest !== undefined) fresh.delete(oldest);
      }
    },
    take(limit) {
      const taken = [...fresh].slice(-limit).reverse();
      for (const [name] of taken) fresh.delete(name);
      return taken.map(([, record]) => record);
    },
  };
};
