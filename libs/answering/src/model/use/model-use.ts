import { toHex, utf8, type Clock, type JsonObject } from '#libs/kernel';
import type { ChatUsage, TokenPrice } from '#libs/ports/chat-model';
import type { Collection, Documents } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import { dayAt, type LocalDay } from '../../count/local-days.js';

/** What a language model was used for on one day. */
export interface ModelUse extends ChatUsage {
  readonly answers: number;
  /** Millionths of a cent, so that no token is lost in rounding. */
  readonly microCents: number;
}

/** What may be used on one day, by each person, in each room of the chat, and by all together. */
export interface ModelBudget {
  readonly perPersonDay: number;
  readonly perRoomDay: number;
  readonly tokensPerDay: number;
  readonly tokensPerPersonDay: number;
  readonly tokensPerRoomDay: number;
  readonly centsPerDay: number;
  readonly centsPerPersonDay: number;
  readonly centsPerRoomDay: number;
}

/** Who pays for an answer: who asks, and the room where it is asked in one. */
export interface ModelPayer {
  readonly asker: string;
  readonly room?: string | undefined;
}

/** Whose budget of the day has nothing left. */
export type SpentBudget = 'person' | 'room' | 'company';

/** What is left of a budget of the day; missing where there is no limit. */
export interface BudgetLeft {
  readonly answers?: number;
  readonly tokens: number;
  readonly microCents: number;
}

export interface PersonUse extends ModelUse {
  /** A keyed hash: who knows the person finds the use, and nobody the other way round. */
  readonly person: string;
  readonly left: BudgetLeft;
}

export interface RoomUse extends ModelUse {
  /** A keyed hash, too. */
  readonly room: string;
  readonly left: BudgetLeft;
}

/** The use of one day. */
export interface DayOfUse {
  readonly day: LocalDay;
  readonly all: ModelUse;
  readonly left: BudgetLeft;
  readonly people: readonly PersonUse[];
  readonly rooms: readonly RoomUse[];
}

/** Counts what people use of the language model, by the day of the company, across restarts and processes. */
export interface ModelUses {
  /** Counts one more answer; or says whose budget of the day has none left, and then nobody is counted one. */
  takeAnswer(payer: ModelPayer): Promise<SpentBudget | undefined>;
  /** Takes back an answer that the model was never asked for. */
  giveBackAnswer(payer: ModelPayer): Promise<void>;
  /** Takes tokens before they are used; or says whose budget has too few left, and then none are taken of anybody. */
  take(payer: ModelPayer, usage: ChatUsage): Promise<SpentBudget | undefined>;
  /** Puts what was really used in the place of what was taken. */
  settle(payer: ModelPayer, taken: ChatUsage, used: ChatUsage): Promise<void>;
  /** Everybody's use on a day, the company's own today where none is named; or that of one asker. */
  read(day?: LocalDay, asker?: string): Promise<DayOfUse>;
}

export interface ModelUsesParts {
  readonly documents: Pick<Documents, 'get' | 'query' | 'swap'>;
  readonly keys: Pick<Keys, 'fingerprint'>;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly budget: ModelBudget;
  readonly price: TokenPrice;
}

const collection: Collection = { name: 'model_use', fields: ['day'], orderedBy: 'day' };
const KEPT_MS = 40 * 86_400_000;
const PAGE = 500;
const MICRO = 1_000_000;
const ALL = 'all';
/** Before the hash of a room. */
const ROOM = 'room-';

const nothing: ModelUse = {
  answers: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  microCents: 0,
};

const sum = (use: ModelUse, more: ModelUse, sign: 1 | -1 = 1): ModelUse => ({
  answers: use.answers + sign * more.answers,
  inputTokens: use.inputTokens + sign * more.inputTokens,
  cachedTokens: use.cachedTokens + sign * more.cachedTokens,
  outputTokens: use.outputTokens + sign * more.outputTokens,
  microCents: use.microCents + sign * more.microCents,
});

export const createModelUses = (parts: ModelUsesParts): ModelUses => {
  const { clock, price, timeZone } = parts;
  const today = (): LocalDay => dayAt(clock.now(), timeZone);
  const oneAnswer = { ...nothing, answers: 1 };
  const giveBack = async (payer: ModelPayer, more: ModelUse): Promise<void> => {
    for (const { id } of await accountsOf(parts, payer))
      await changeUse(parts, today(), id, less(more));
  };
  return {
    takeAnswer: async (payer) => takeOf(parts, today(), payer, oneAnswer),

    giveBackAnswer: (payer) => giveBack(payer, oneAnswer),

    take: async (payer, usage) => takeOf(parts, today(), payer, pricedOf(price, usage)),

    settle: (payer, taken, used) =>
      giveBack(payer, sum(pricedOf(price, taken), pricedOf(price, used), -1)),

    read: async (day = today(), asker = undefined) => readUse(parts, day, asker),
  };
};

/** One of those that pay: the document that counts for it, and what it may use on one day. */
interface UseAccount {
  readonly whose: SpentBudget;
  readonly id: string;
  readonly limit: UseLimit;
}

interface UseLimit {
  readonly answers: number;
  readonly tokens: number;
  readonly cents: number;
}

const limitsIn = (budget: ModelBudget): Readonly<Record<SpentBudget, UseLimit>> => ({
  person: {
    answers: budget.perPersonDay,
    tokens: budget.tokensPerPersonDay,
    cents: budget.centsPerPersonDay,
  },
  room: {
    answers: budget.perRoomDay,
    tokens: budget.tokensPerRoomDay,
    cents: budget.centsPerRoomDay,
  },
  company: { answers: Infinity, tokens: budget.tokensPerDay, cents: budget.centsPerDay },
});

/** In this order: a person who has nothing left never touches what others share. */
const accountsOf = async (
  { keys, budget }: ModelUsesParts,
  { asker, room }: ModelPayer,
): Promise<readonly UseAccount[]> => {
  const named = [
    `model use\n${asker}`,
    ...(room === undefined ? [] : [`model use of room\n${room}`]),
  ];
  const [ofPerson = '', ofRoom] = (await keys.fingerprint(named.map(utf8))).map(toHex);
  const limits = limitsIn(budget);
  return [
    { whose: 'person', id: ofPerson, limit: limits.person },
    ...(ofRoom === undefined
      ? []
      : [{ whose: 'room', id: ROOM + ofRoom, limit: limits.room } as const]),
    { whose: 'company', id: ALL, limit: limits.company },
  ];
};

/** Of all, or of none: where one has too little left, what the others gave goes back. */
const takeOf = async (
  parts: ModelUsesParts,
  day: LocalDay,
  payer: ModelPayer,
  more: ModelUse,
): Promise<SpentBudget | undefined> => {
  const taken: UseAccount[] = [];
  for (const account of await accountsOf(parts, payer)) {
    const isTaken = await changeUse(parts, day, account.id, (use) => {
      const next = sum(use, more);
      return isWithin(account.limit, next, more) ? next : undefined;
    });
    if (!isTaken) {
      for (const { id } of taken) await changeUse(parts, day, id, less(more));
      return account.whose;
    }
    taken.push(account);
  }
  return undefined;
};

const less =
  (more: ModelUse) =>
  (use: ModelUse): ModelUse =>
    atLeastNothing(sum(use, more, -1));

/** By compare and set: of two at once one begins again. */
const changeUse = async (
  { documents }: ModelUsesParts,
  day: LocalDay,
  payer: string,
  next: (use: ModelUse) => ModelUse | undefined,
): Promise<boolean> => {
  const id = `${day}/${payer}`;
  for (;;) {
    const [found] = await documents.get(collection, [id]);
    const changed = next((found?.body as unknown as ModelUse | undefined) ?? nothing);
    if (!changed) return false;
    const body = { ...changed, day, person: payer } as unknown as JsonObject;
    const expiresAt = Date.parse(day) + KEPT_MS;
    const document = { id, body, fields: { day }, expiresAt };
    if ((await documents.swap(collection, document, found?.version ?? 0)).swapped) return true;
  }
};

type KeptUse = ModelUse & { readonly person: string };

const readUse = async (
  parts: ModelUsesParts,
  day: LocalDay,
  asker: string | undefined,
): Promise<DayOfUse> => {
  const limits = limitsIn(parts.budget);
  const shown = ({ answers, inputTokens, cachedTokens, outputTokens, microCents }: ModelUse) => ({
    ...{ answers, inputTokens, cachedTokens, outputTokens, microCents },
  });
  const kept = await keptOn(parts, day);
  const all = kept.find(({ person }) => person === ALL) ?? nothing;
  const ofOthers = kept.filter(({ person }) => person !== ALL);
  const [one] = asker === undefined ? [] : await accountsOf(parts, { asker });
  const people =
    one === undefined
      ? ofOthers.filter(({ person }) => !person.startsWith(ROOM))
      : [ofOthers.find(({ person }) => person === one.id) ?? { ...nothing, person: one.id }];
  const rooms = one ? [] : ofOthers.filter(({ person }) => person.startsWith(ROOM));
  return {
    day,
    all: shown(all),
    left: leftOf(limits.company, all),
    people: people.map((use) => ({
      ...shown(use),
      person: use.person,
      left: leftOf(limits.person, use),
    })),
    rooms: rooms.map((use) => ({
      ...shown(use),
      room: use.person.slice(ROOM.length),
      left: leftOf(limits.room, use),
    })),
  };
};

const keptOn = async (
  { documents }: ModelUsesParts,
  day: LocalDay,
): Promise<readonly KeptUse[]> => {
  const uses: KeptUse[] = [];
  let after: string | undefined;
  do {
    const page = await documents.query(collection, {
      where: { day },
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    uses.push(...page.items.map(({ body }) => body as unknown as KeptUse));
    after = page.next;
  } while (after !== undefined);
  return uses;
};

const leftOf = (
  { answers, tokens, cents }: UseLimit,
  { answers: answered, inputTokens, outputTokens, microCents }: ModelUse,
): BudgetLeft => ({
  ...(Number.isFinite(answers) && { answers: Math.max(0, answers - answered) }),
  tokens: Math.max(0, tokens - inputTokens - outputTokens),
  microCents: Math.max(0, cents * MICRO - microCents),
});

/** In what more of it is taken: who has asked the last question may still use its tokens. */
const isWithin = ({ answers, tokens, cents }: UseLimit, next: ModelUse, more: ModelUse): boolean =>
  (more.answers === 0 || next.answers <= answers) &&
  next.inputTokens + next.outputTokens <= tokens &&
  next.microCents <= cents * MICRO;

const pricedOf = (price: TokenPrice, usage: ChatUsage): ModelUse => ({
  ...usage,
  answers: 0,
  microCents: costOf(price, usage),
});

/** A settlement over midnight meets a new day. */
const atLeastNothing = (use: ModelUse): ModelUse => ({
  answers: Math.max(0, use.answers),
  inputTokens: Math.max(0, use.inputTokens),
  cachedTokens: Math.max(0, use.cachedTokens),
  outputTokens: Math.max(0, use.outputTokens),
  microCents: Math.max(0, use.microCents),
});

const costOf = (
  { inCents, cachedCents, outCents }: TokenPrice,
  { inputTokens, cachedTokens, outputTokens }: ChatUsage,
): number =>
  Math.round(
    (inputTokens - cachedTokens) * inCents + cachedTokens * cachedCents + outputTokens * outCents,
  );
