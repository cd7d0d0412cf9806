import type { HeardRating, ListedDialogue } from '#libs/answering';
import { fault } from '#libs/kernel';

import { composeRooms, type Rooms } from '../src/compose.js';
import type { RoomsParts } from '../src/rooms-parts.js';
import type { RoomsWorld } from './rooms-world.js';

/** What rooms say about dialogues besides asking, as the log would keep it. */
export class HeardDialogues {
  /** Every call, in order. */
  readonly told: HeardRating[] = [];
  /** What holds now, by rater. */
  readonly ratings = new Map<string, Pick<HeardRating, 'comment' | 'rating'>>();
  readonly titles = new Map<string, string>();
  readonly archived = new Set<string>();
  readonly listed = new Map<string, readonly ListedDialogue[]>();
  /** Runs before a rating is kept. */
  beforeRating: (() => Promise<void>) | undefined;
  readonly rooms: Rooms;
  readonly parts: RoomsParts;

  constructor(private readonly world: RoomsWorld) {
    const parts = world.partsOf();
    this.parts = { ...parts, answering: { ...parts.answering, ...this.#answering() } };
    this.rooms = composeRooms(this.parts);
  }

  /** Hears of a message and does what it wants. */
  async hear(message: string): Promise<void> {
    for (const due of await this.rooms.hear([{ message }]))
      await this.world.answer(due, this.rooms);
  }

  #answering(): Pick<
    RoomsParts['answering'],
    'archiveDialogue' | 'findDialogues' | 'listDialogues' | 'rateForAll' | 'renameDialogue'
  > {
    const shown = (id: string) => ({ id, title: '', archived: false, questions: [] });
    const own = (asker: string, id: string) => {
      if (this.world.log.questions.get(id)?.asker !== asker) throw fault('API_NOT_FOUND');
    };
    return {
      rateForAll: async (rating) => {
        const before = this.beforeRating;
        this.beforeRating = undefined;
        await before?.();
        this.told.push(rating);
        const { rater, rating: said, comment } = rating;
        if (said === undefined) this.ratings.delete(rater);
        else this.ratings.set(rater, { rating: said, ...(comment !== undefined && { comment }) });
      },
      renameDialogue: async ({ asker }, id, title) => {
        own(asker, id);
        if (this.archived.has(id)) throw fault('ANSWERING_DIALOGUE_ARCHIVED');
        this.titles.set(id, title);
        return shown(id);
      },
      archiveDialogue: async ({ asker }, id) => {
        own(asker, id);
        this.archived.add(id);
        return shown(id);
      },
      listDialogues: async ({ asker }) => ({ items: this.listed.get(asker) ?? [] }),
      findDialogues: async ({ asker }, text) =>
        (this.listed.get(asker) ?? []).filter(({ title }) => title.includes(text)),
    };
  }
}
