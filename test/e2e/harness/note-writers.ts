import { setTimeout as delay } from 'node:timers/promises';

import { until, type Operator } from './outside.js';

/** What one note was told to say, in order: a word of its own each time, or `undefined` where it was removed. */
interface NoteHistory {
  readonly id: string;
  readonly told: (string | undefined)[];
  /** Up to which of these the platform answered; what stands behind may have come in, or not. */
  sure: number;
  erased: 'no' | 'asked' | 'yes';
}

/** What a search finds wrongly, and what it should find and does not. */
interface NotesFound {
  readonly wrongly: string[];
  readonly missing: string[];
}

/** Between two things that one person does: a few hundred notes say as much as thousands. */
const PAUSE_MS = 150;
/** Searches at once. */
const TOGETHER = 8;

/** A word of letters that stands in one version of one note. */
const wordOf = (number: number): string =>
  `zq${[...String(number)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('')}vex`;

/** People who write notes, change them, remove them and have them erased, while the platform is killed and started again. */
export class NoteWriters {
  readonly #notes: NoteHistory[] = [];
  #words = 0;
  #writing: Promise<unknown>[] = [];
  #isWriting = false;

  constructor(
    private readonly operator: Operator,
    private readonly admin: Operator,
    private readonly random: () => number,
  ) {}

  /** How many notes came to which end. */
  get counts(): { readonly shown: number; readonly removed: number; readonly erased: number } {
    const shown = this.#notes.filter(({ sure, told, erased }) => erased === 'no' && told[sure]);
    const removed = this.#notes.filter(
      ({ sure, told, erased }) => erased === 'no' && sure >= 0 && !told[sure],
    );
    const erased = this.#notes.filter((note) => note.erased === 'yes');
    return { shown: shown.length, removed: removed.length, erased: erased.length };
  }

  start(count: number): void {
    this.#isWriting = true;
    this.#writing = Array.from({ length: count }, async () => {
      const own: NoteHistory[] = [];
      while (this.#isWriting) {
        // Nobody answers while the platform is down.
        await this.#once(own).catch(() => undefined);
        await delay(PAUSE_MS);
      }
    });
  }

  async stop(): Promise<void> {
    this.#isWriting = false;
    await Promise.all(this.#writing.splice(0));
  }

  /** Erases again what was not answered: so an erasure that a crash interrupts is mended. */
  async finish(): Promise<void> {
    for (const note of this.#notes)
      if (note.erased === 'asked')
        await until(`${note.id} is erased`, async () => {
          await this.#erase(note);
          return note.erased === 'yes';
        });
  }

  /** Each note of which something else is found than it says, and each of which nothing is. */
  async look(): Promise<NotesFound> {
    const found: NotesFound = { wrongly: [], missing: [] };
    const open = [...this.#notes];
    const lane = async (): Promise<void> => {
      for (let note = open.pop(); note; note = open.pop())
        judge(note, await this.#foundOf(note), found);
    };
    await Promise.all(Array.from({ length: TOGETHER }, lane));
    return found;
  }

  async #foundOf({ told }: NoteHistory): Promise<readonly string[]> {
    const found: string[] = [];
    for (const word of told) if (word !== undefined && (await this.#finds(word))) found.push(word);
    return found;
  }

  #finds(word: string): Promise<boolean> {
    return until(`a search for ${word} is answered`, async () => {
      const { status, json } = await this.operator.get(`/api/search?text=${word}&limit=5`);
      if (status !== 200) return undefined;
      const { items } = json as { items: { text: string }[] };
      return { isFound: items.some(({ text }) => text.includes(word)) };
    }).then(({ isFound }) => isFound);
  }

  async #once(own: NoteHistory[]): Promise<void> {
    const open = own.filter(({ erased }) => erased === 'no');
    const note = open[Math.floor(this.random() * open.length)];
    const draw = this.random();
    if (note && draw < 0.1) await this.#erase(note);
    else if (note && draw < 0.2) await this.#remove(note);
    else if (note && draw < 0.5) await this.#write(note);
    else await this.#write(this.#begun(own));
  }

  #begun(own: NoteHistory[]): NoteHistory {
    const id = `notes.main.n${this.#notes.length}`;
    const note: NoteHistory = { id, told: [], sure: -1, erased: 'no' };
    this.#notes.push(note);
    own.push(note);
    return note;
  }

  async #write(note: NoteHistory): Promise<void> {
    const word = wordOf((this.#words += 1));
    const name = note.id.slice('notes.main.'.length);
    const text = `# ${name}\n\nThe ${word} stands in the hall, left of the stairs.\n`;
    const version = note.told.push(word) - 1;
    const { status } = await this.operator.post('/api/notes', { name, text });
    if (status < 300) note.sure = version;
  }

  async #remove(note: NoteHistory): Promise<void> {
    if (!(await this.#isRecord(note))) return;
    const version = note.told.push(undefined) - 1;
    const { status } = await this.operator.delete(`/api/notes/${note.id}`);
    if (status < 300) note.sure = version;
  }

  async #erase(note: NoteHistory): Promise<void> {
    // Its record comes within a moment of its note; before it, there is nothing to erase.
    if (note.erased === 'no' && !(await this.#isRecord(note))) return;
    note.erased = 'asked';
    const asked = { target: `note/${note.id}`, confirm: true };
    const { status, json } = await this.admin.post('/api/erasures', asked);
    const { erased, refolded } = (json ?? {}) as { erased?: boolean; refolded?: boolean };
    if (status < 300 && erased === true && refolded === true) note.erased = 'yes';
  }

  async #isRecord({ id }: NoteHistory): Promise<boolean> {
    return (await this.operator.get(`/api/records/note/${id}`)).status === 200;
  }
}

/** Right is the last version that was answered, or one that came after it: nothing else, and never two. */
const judge = (note: NoteHistory, words: readonly string[], found: NotesFound): void => {
  const { id, told, sure, erased } = note;
  const possible = erased === 'yes' ? [undefined] : told.slice(Math.max(sure, 0));
  if (sure < 0) possible.push(undefined);
  const said = told.map((word) => word ?? 'removed').join(' ');
  const line = `${id} (told ${said}; answered ${sure + 1}; erased: ${erased}): ${words.join(' ')}`;
  if (words.length > 1 || words.some((word) => !possible.includes(word))) found.wrongly.push(line);
  if (words.length === 0 && !possible.includes(undefined)) found.missing.push(line);
};
