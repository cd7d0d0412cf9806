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

/** What may be used on one day: answers by each person, tokens and money by all together. */
export interface ModelBudget {
  readonly perPersonDay: number;
  readonly tokensPerDay: number;
  readonly centsPerDay: number;
}

export interface PersonUse extends ModelUse {
  /** A keyed hash: who knows the person finds the use, and nobody the other way round. */
  readonly person: string;
}

/** Counts what people use of the language model, by the day of the company, across restarts and processes. */
export interface ModelUses {
  /** Counts one more answer of a person; `false` where the budget of the day has none left. */
  takeAnswer(asker: string): Promise<boolean>;
  /** Takes tokens before they are used; `false` where the budget of the day has none left. */
  take(asker: string, usage: ChatUsage): Promise<boolean>;
  /** Puts what was really used in the place of what was taken. */
  settle(asker: string, taken: ChatUsage, used: ChatUsage): Promise<void>;
  /** Everybody's use on a day, the company's own today where none is named. */
  read(day?: LocalDay): Promise<{ readonly all: ModelUse; readonly people: readonly PersonUse[] }>;
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
  const { clock, budget, price, timeZone } = parts;
  const today = (): LocalDay => dayAt(clock.now(), timeZone);
  const personOf = async (asker: string): Promise<string> => {
    const [digest = new Uint8Array()] = await parts.keys.fingerprint([utf8(`model use\n${asker}`)]);
    return toHex(digest);
  };
  return {
    takeAnswer: async (asker) => {
      const one = { ...nothing, answers: 1 };
      const isTaken = await changeUse(parts, today(), await personOf(asker), (use) =>
        use.answers < budget.perPersonDay ? sum(use, one) : undefined,
      );
      return isTaken && changeUse(parts, today(), ALL, (use) => sum(use, one));
    },

    take: async (asker, usage) => {
      const taken = pricedOf(price, usage);
      const day = today();
      const isTaken = await changeUse(parts, day, ALL, (use) => {
        const next = sum(use, taken);
        return isWithin(budget, next) ? next : undefined;
      });
      return isTaken && changeUse(parts, day, await personOf(asker), (use) => sum(use, taken));
    },

    settle: async (asker, taken, used) => {
      const day = today();
      const difference = sum(pricedOf(price, used), pricedOf(price, taken), -1);
      const settled = (use: ModelUse): ModelUse => atLeastNothing(sum(use, difference));
      await changeUse(parts, day, ALL, settled);
      await changeUse(parts, day, await personOf(asker), settled);
    },

    read: async (day = today()) => readUse(parts, day),
  };
};

/** By compare and set: of two at once one begins again. */
const changeUse = async (
  { documents }: ModelUsesParts,
  day: LocalDay,
  person: string,
  next: (use: ModelUse) => ModelUse | undefined,
): Promise<boolean> => {
  const id = `${day}/${person}`;
  for (;;) {
    const [found] = await documents.get(collection, [id]);
    const changed = next((found?.body as unknown as ModelUse | undefined) ?? nothing);
    if (!changed) return false;
    const body = { ...changed, day, person } as unknown as JsonObject;
    const expiresAt = Date.parse(day) + KEPT_MS;
    const document = { id, body, fields: { day }, expiresAt };
    if ((await documents.swap(collection, document, found?.version ?? 0)).swapped) return true;
  }
};

const readUse = async (
  { documents }: ModelUsesParts,
  day: LocalDay,
): Promise<{ readonly all: ModelUse; readonly people: readonly PersonUse[] }> => {
  const uses: PersonUse[] = [];
  let after: string | undefined;
  do {
    const page = await documents.query(collection, {
      where: { day },
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    uses.push(...page.items.map(({ body }) => body as unknown as PersonUse));
    after = page.next;
  } while (after !== undefined);
  return {
    all: uses.find(({ person }) => person === ALL) ?? nothing,
    people: uses.filter(({ person }) => person !== ALL),
  };
};

const isWithin = (
  { tokensPerDay, centsPerDay }: ModelBudget,
  { inputTokens, outputTokens, microCents }: ModelUse,
): boolean => inputTokens + outputTokens <= tokensPerDay && microCents <= centsPerDay * MICRO;

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
