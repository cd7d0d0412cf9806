import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { asFault, type Fault } from '#libs/kernel';

import type { Embedder, EmbeddingModel } from './embedder.port.js';

/** What goes wrong with the model from now on. `undefined`: nothing, it is well again. */
export type EmbedderTrouble = 'away' | 'busy' | 'refuses' | 'other_model' | 'other_dimension';

export interface EmbedderHarness {
  readonly embedder: Embedder;
  /** Another one for the same model, as another process has it. */
  beside(): Embedder;
  /** Only where the model can be made to fail. */
  trouble?(what: EmbedderTrouble | undefined): void;
  dispose(): Promise<void>;
}

export type EmbedderBehaviour = (harness: EmbedderHarness) => Promise<void>;

const CHECK_IN = 'Check-in is from 3 pm, and the key is in the box by the door.';
const WIFI = 'The password of the wifi is on the fridge in the kitchen.';
const sentences = [
  CHECK_IN,
  WIFI,
  'Dogs are welcome for a fee.',
  'The pool closes at nine.',
  'Parking is in the street.',
];

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, i) => sum + value * (other[i] ?? NaN), 0);

const same = (vectors: readonly Float32Array[], others: readonly Float32Array[]): void => {
  expect(vectors).toHaveLength(others.length);
  for (const [i, vector] of vectors.entries())
    expect(dot(vector, others[i] ?? new Float32Array())).toBeGreaterThan(0.999);
};

const one = async (embedder: Embedder, text: string): Promise<Float32Array> => {
  const [vector] = await embedder.embed([text], 'passage');
  if (!vector) throw new Error('no vector');
  return vector;
};

const failureOf = async (asked: Promise<unknown>): Promise<Fault> => {
  const outcome = await asked.then(() => undefined, asFault);
  if (!outcome) throw new Error('it answered');
  return outcome;
};

const expectWhole = (vectors: readonly Float32Array[], { dimension }: EmbeddingModel): void => {
  for (const vector of vectors) {
    expect(vector).toBeInstanceOf(Float32Array);
    expect(vector).toHaveLength(dimension);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
  }
};

const describesItself: EmbedderBehaviour = async ({ embedder, beside }) => {
  const described = await embedder.describe();
  expect(described).toEqual({ model: expect.stringMatching(/./), dimension: expect.any(Number) });
  expect(await embedder.describe()).toEqual(described);
  expect(await beside().describe()).toEqual(described);
  expectWhole(await embedder.embed([CHECK_IN], 'question'), described);
};

const answersInOrder: EmbedderBehaviour = async ({ embedder, beside }) => {
  const together = await embedder.embed(sentences, 'passage');
  expectWhole(together, await embedder.describe());
  const alone = await Promise.all(sentences.map((text) => one(beside(), text)));
  same(together, alone);
  expect(dot(together[0] ?? new Float32Array(), together[1] ?? new Float32Array())).toBeLessThan(
    0.99,
  );
  expect(await embedder.embed([], 'passage')).toEqual([]);
};

const findsWhatIsNear: EmbedderBehaviour = async ({ embedder }) => {
  const passages = await embedder.embed(sentences, 'passage');
  const [question] = await embedder.embed(['Where is the password of the wifi?'], 'question');
  const near = passages.map((passage) => dot(passage, question ?? new Float32Array()));
  expect(near.indexOf(Math.max(...near))).toBe(sentences.indexOf(WIFI));
};

const takesManyTexts: EmbedderBehaviour = async ({ embedder }) => {
  const texts = Array.from({ length: 300 }, (_, i) => sentences[i % sentences.length] ?? '');
  const vectors = await embedder.embed(texts, 'passage');
  const few = await embedder.embed(sentences, 'passage');
  same(
    vectors,
    texts.map((_, i) => few[i % few.length] ?? new Float32Array()),
  );
};

const takesAnyText: EmbedderBehaviour = async ({ embedder }) => {
  const odd = [
    '',
    ' ',
    '\n\t',
    '…',
    '🛎️',
    '\ud83d',
    'a\0b',
    '007',
    'ÄÖÜ ẞ',
    '你好',
    'مرحبا',
    '<s>',
    '"\\',
  ];
  const vectors = await embedder.embed(odd, 'passage');
  expect(vectors).toHaveLength(odd.length);
  expectWhole(vectors, await embedder.describe());
  expectWhole(await embedder.embed(odd, 'question'), await embedder.describe());
};

const takesALongText: EmbedderBehaviour = async ({ embedder }) => {
  const long = `${WIFI} `.repeat(400);
  const vectors = await embedder.embed([CHECK_IN, long, WIFI], 'passage');
  expectWhole(vectors, await embedder.describe());
  const [checkIn = new Float32Array(), cut = new Float32Array(), wifi = new Float32Array()] =
    vectors;
  expect(dot(cut, wifi)).toBeGreaterThan(dot(cut, checkIn));
};

const stopsWhenTold: EmbedderBehaviour = async ({ embedder }) => {
  const reason = new Error('enough');
  await expect(embedder.embed([WIFI], 'question', AbortSignal.abort(reason))).rejects.toBe(reason);
  const stop = new AbortController();
  const asked = embedder.embed(sentences, 'passage', stop.signal);
  stop.abort(reason);
  // What is done already may be answered.
  await asked.catch((error: unknown) => expect(error).toBe(reason));
  expectWhole(await embedder.embed([WIFI], 'question'), await embedder.describe());
};

export const embedderBehaviours: Readonly<Record<string, EmbedderBehaviour>> = {
  'says which model it is, and always the same': describesItself,
  'answers one vector for each text, in order, beside any others': answersInOrder,
  'puts what answers a question nearer to it than the rest': findsWhatIsNear,
  'takes hundreds of texts at once': takesManyTexts,
  'takes any text, also without a letter': takesAnyText,
  'takes a text that is longer than a model reads': takesALongText,
  'stops with the reason of the signal, and goes on after': stopsWhenTold,
};

const troubling =
  (behaviour: (harness: Required<EmbedderHarness>) => Promise<void>): EmbedderBehaviour =>
  (harness) => {
    if (!harness.trouble) throw new Error('this harness makes no trouble');
    return behaviour({ ...harness, trouble: harness.trouble.bind(harness) });
  };

const SECRET = 'Maya Chen wants a crib';

const saysWhatIsWrong = troubling(async ({ embedder, trouble }) => {
  const known = await embedder.describe();
  for (const [what, code] of [
    ['away', 'EMBEDDER_UNAVAILABLE'],
    ['busy', 'EMBEDDER_UNAVAILABLE'],
    ['refuses', 'EMBEDDER_REFUSED'],
  ] as const) {
    trouble(what);
    const failure = await failureOf(embedder.embed([SECRET], 'question'));
    expect([what, failure.code]).toEqual([what, code]);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('Maya');
    if (what === 'busy') expect(failure.retryAfterMs).toBeGreaterThan(0);
  }
  trouble(undefined);
  expect(await embedder.describe()).toEqual(known);
});

const learnsWhenItIsBack = troubling(async ({ embedder, trouble }) => {
  trouble('away');
  expect((await failureOf(embedder.describe())).code).toBe('EMBEDDER_UNAVAILABLE');
  trouble(undefined);
  expectWhole(await embedder.embed([WIFI], 'passage'), await embedder.describe());
});

const noticesAnotherModel = troubling(async ({ embedder, trouble }) => {
  const before = await embedder.describe();
  for (const what of ['other_model', 'other_dimension'] as const) {
    trouble(what);
    for (let i = 0; i < 2; i++) {
      const failure = await failureOf(embedder.embed([WIFI, CHECK_IN], 'passage'));
      expect(failure.code).toBe('EMBEDDER_MODEL_CHANGED');
    }
    const after = await embedder.describe();
    expect(after).not.toEqual(before);
    expectWhole(await embedder.embed([WIFI], 'passage'), after);
    trouble(undefined);
    expect((await failureOf(embedder.embed([WIFI], 'passage'))).code).toBe(
      'EMBEDDER_MODEL_CHANGED',
    );
    expect(await embedder.describe()).toEqual(before);
  }
});

/** For harnesses that can make trouble; a real model is never in any. */
export const embedderTroubles: Readonly<Record<string, EmbedderBehaviour>> = {
  'says what is wrong, and no word of a text': saysWhatIsWrong,
  'learns which model it is once it is back': learnsWhenItIsBack,
  'refuses vectors of another model until it is described again': noticesAnotherModel,
};

const suite = (
  title: string,
  behaviours: Readonly<Record<string, EmbedderBehaviour>>,
  make: () => Promise<EmbedderHarness>,
): void => {
  describe(title, () => {
    it.each(Object.entries(behaviours))('%s', async (_title, behaviour) => {
      const harness = await make();
      try {
        await behaviour(harness);
      } finally {
        await harness.dispose();
      }
    });
  });
};

export const embedderContract = (adapter: string, make: () => Promise<EmbedderHarness>): void =>
  suite(`embedder on ${adapter}`, embedderBehaviours, make);

export const embedderTroubleContract = (
  adapter: string,
  make: () => Promise<EmbedderHarness>,
): void => suite(`embedder in trouble on ${adapter}`, embedderTroubles, make);
