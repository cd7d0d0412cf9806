import type { DemoPlatform } from './demo-platform.js';

type ShownRecord = Readonly<Record<string, unknown>> & { readonly id: string };
interface RecordPageAnswer {
  readonly items: readonly ShownRecord[];
  readonly next: string | null;
}

const kinds = ['note', 'reservation', 'conversation', 'guest_message', 'task', 'review'] as const;

/** Which home each record is about: `note/notes.main.harbour-loft.manual` → `harbour-loft`. */
export const homesOfRecords = async (
  platform: DemoPlatform,
): Promise<ReadonlyMap<string, string>> => {
  const homes = new Map<string, string>();
  const keys = new Map<string, string>();
  for await (const { id, nickname } of recordsOf(platform, 'listing')) {
    const key = textOf(nickname).toLowerCase().replaceAll(' ', '-');
    keys.set(id, key);
    homes.set(`listing/${id}`, key);
  }
  for (const kind of kinds)
    for await (const { id, listing, listings, reservation } of recordsOf(platform, kind)) {
      const first: unknown = Array.isArray(listings)
        ? (listings as readonly unknown[])[0]
        : listing;
      const home = keys.get(textOf(first)) ?? homes.get(`reservation/${textOf(reservation)}`);
      if (home !== undefined) homes.set(`${kind}/${id}`, home);
    }
  return homes;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

async function* recordsOf(platform: DemoPlatform, kind: string): AsyncGenerator<ShownRecord> {
  for (let after = ''; ;) {
    const page: RecordPageAnswer = await platform.ask(`/api/records/${kind}?limit=200${after}`);
    yield* page.items;
    if (page.next === null) return;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}
