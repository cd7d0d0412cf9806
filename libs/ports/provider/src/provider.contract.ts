import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { factDefinitions, type FeedDelivery, type FeedEntry } from '#libs/contracts';
import { canonicalJson, Secret, utf8, webHash, type JsonObject } from '#libs/kernel';

import { broken, mutated } from './mutations.contract.js';
import type { FromFeed } from './followed.js';
import type { Normalised, NormaliserInput, Observation } from './normalised.js';
import type { FromApi, Proof, Provider, ProofTools } from './provider.port.js';

export {
  providerApiBehaviours,
  providerApiContract,
  type ProviderApiHarness,
} from './provider-api.contract.js';

export interface ProviderHarness {
  readonly provider: Provider;
  /** Bodies as the provider sends them, by name. */
  readonly samples: ReadonlyMap<string, JsonObject>;
  /** Answers of its API, by name: which entity was asked for by which id, and the body that came. */
  readonly answers?: ReadonlyMap<string, SampleAnswer>;
  /** Documents of its database, by name. */
  readonly documents?: ReadonlyMap<string, SampleDocument>;
  /** Every text in the samples and answers that names or reaches a person. */
  readonly personal: readonly string[];
}

export interface SampleAnswer {
  readonly entity: string;
  readonly id: string;
  readonly body: JsonObject;
}

export interface SampleDocument {
  readonly feed: string;
  /** In Extended JSON, as the database keeps it: with what is never followed, too. */
  readonly document: JsonObject;
}

/** How documents of one feed are delivered: see `FeedDelivery`. */
export const deliveredDocuments = (
  feed: string,
  entries: readonly FeedEntry[],
): NormaliserInput => ({
  account: 'main',
  headers: {},
  body: utf8(canonicalJson({ feed, entries } satisfies FeedDelivery)),
  receivedAt: NOW,
});

/** How an answer of the API is delivered: see `RawAnswer`. */
export const deliveredAnswer = (
  { entity, id, body }: SampleAnswer,
  askedAt: number,
): NormaliserInput => ({
  account: 'main',
  headers: {
    'innkeeper-entity': entity,
    'innkeeper-id': id,
    'innkeeper-asked-at': String(askedAt),
  },
  body: utf8(JSON.stringify(body)),
  receivedAt: askedAt,
});

const NOW = Date.UTC(2026, 8, 14, 9, 0);
const current = new Secret('a-current-secret-of-the-suite');
const older = new Secret('an-older-secret-of-the-suite');
const stranger = new Secret('a-secret-nobody-here-knows');
const STREAM = /^[A-Za-z0-9._~:/-]{1,512}$/;

/** What every provider's folder must hold, over its own samples and over what nobody ever sends. */
export const providerContract = (title: string, harness: ProviderHarness): void => {
  describe(title, () => {
    proves(harness);
    normalises(harness);
    survives(harness);
    if (harness.provider.api) readsAnswers(harness, harness.provider.api);
    if (harness.provider.feed) readsDocuments(harness, harness.provider.feed);
  });
};

const proves = ({ provider, samples }: ProviderHarness): void => {
  const [payload] = samples.values();
  if (!payload) throw new Error('a provider without samples');
  const tools = (...secrets: Secret[]): ProofTools => ({ secrets, hash: webHash });
  const proofOf = async (signer: Secret, prover: ProofTools): Promise<Proof> => {
    const { headers, body } = await provider.sign(payload, signer, NOW);
    return provider.prove({ source: provider.name, headers, body, receivedAt: NOW }, prover);
  };

  it('proves each of its samples as it signs them itself', async () => {
    for (const sample of samples.values()) {
      const { headers, body } = await provider.sign(sample, current, NOW);
      const request = { source: provider.name, headers, body, receivedAt: NOW };
      expect(await provider.prove(request, tools(current))).toMatchObject({ proved: true });
    }
  });

  it('proves with either of two live secrets while they rotate', async () => {
    expect(await proofOf(current, tools(current, older))).toMatchObject({ proved: true });
    expect(await proofOf(older, tools(current, older))).toMatchObject({ proved: true });
    expect(await proofOf(older, tools(current))).toMatchObject({ proved: false });
  });

  it('refuses what another secret signed, and what nobody signed', async () => {
    expect(await proofOf(stranger, tools(current, older))).toMatchObject({ proved: false });
    const body = utf8(JSON.stringify({ ...payload, token: undefined }));
    const unsigned = { source: provider.name, headers: {}, body, receivedAt: NOW };
    expect(await provider.prove(unsigned, tools(current))).toMatchObject({ proved: false });
  });

  it('refuses everything while it has no secret', async () => {
    expect(await proofOf(current, tools())).toMatchObject({ proved: false });
  });

  it('declares every header that its proof reads, and proves with those alone', async () => {
    const declared = provider.proofHeaders ?? [];
    expect(declared).toEqual(declared.map((name) => name.toLowerCase()));
    for (const sample of samples.values()) {
      const { headers, body } = await provider.sign(sample, current, NOW);
      const alone = Object.fromEntries(
        Object.entries(headers).filter(([name]) => declared.includes(name)),
      );
      const request = { source: provider.name, headers: alone, body, receivedAt: NOW };
      const proof = provider.prove(request, tools(current));
      expect(await proof).toMatchObject({ proved: true });
      const whole = provider.prove({ ...request, headers }, tools(current));
      expect(await proof).toEqual(await whole);
    }
  });

  it('reads no header beyond those, where they are missing too', async () => {
    const read = new Set<string>();
    const watched = (headers: Readonly<Record<string, string>>) =>
      new Proxy(headers, {
        get: (target, name) => {
          read.add(String(name));
          return Reflect.get(target, name) as unknown;
        },
        has: (target, name) => {
          read.add(String(name));
          return Reflect.has(target, name);
        },
        ownKeys: () => {
          throw new Error('a proof that reads every header keeps none of them apart');
        },
      });
    const { headers, body } = await provider.sign(payload, current, NOW);
    for (const some of [headers, {}]) {
      const request = { source: provider.name, body, receivedAt: NOW };
      await provider.prove({ ...request, headers: watched(some) }, tools(current));
    }
    expect([...read].filter((name) => !provider.proofHeaders?.includes(name))).toEqual([]);
  });

  it('gives one source time to one body, whenever it is received', async () => {
    const { headers, body } = await provider.sign(payload, current, NOW);
    const at = (receivedAt: number): Proof | Promise<Proof> =>
      provider.prove({ source: provider.name, headers, body, receivedAt }, tools(current));
    expect(await at(NOW)).toEqual(await at(NOW + 1000));
  });
};

const normalises = ({ provider, samples, answers, documents, personal }: ProviderHarness): void => {
  const normaliseSample = async (sample: JsonObject, receivedAt = NOW): Promise<Normalised> => {
    const { headers, body } = await provider.sign(sample, current, NOW);
    return provider.normalise({ account: 'main', headers, body, receivedAt });
  };
  const each = async (look: (normalised: Normalised) => void): Promise<void> => {
    for (const sample of samples.values()) look(await normaliseSample(sample));
  };

  it('says the same of the same delivery for ever', async () => {
    for (const sample of samples.values())
      expect(await normaliseSample(sample, NOW + 86_400_000)).toEqual(
        await normaliseSample(sample),
      );
  });

  it('says it in facts that are known, in streams that are allowed, in canonical order', async () => {
    let observations = 0;
    await each((normalised) => {
      observationsOf(normalised).forEach(expectFit);
      observations += observationsOf(normalised).length;
    });
    expect(observations).toBeGreaterThan(0);
  });

  it('is tried with personal values that stand in what it is told', () => {
    const bodies = [...(answers?.values() ?? [])].map(({ body }) => body);
    const stored = [...(documents?.values() ?? [])].map(({ document }) => document);
    const told = JSON.stringify([...samples.values(), ...bodies, ...stored]);
    // A number is written with spaces, and would be let through without.
    const joined = told.replace(/[\s().-]/gu, '');
    const untold = personal.filter((value) => !told.includes(value) && !joined.includes(value));
    expect(untold).toEqual([]);
    expect(personal).not.toEqual([]);
  });

  it('lets nothing personal into data, streams and reasons', () =>
    each((normalised) => {
      const open = normalised.understood
        ? observationsOf(normalised).map(({ personal: _sealed, ...rest }) => rest)
        : normalised;
      const text = JSON.stringify(open);
      for (const value of personal) expect(text).not.toContain(value);
    }));

  it('keeps its own secret out of everything', async () => {
    await each((normalised) => expect(JSON.stringify(normalised)).not.toContain(current.reveal()));
  });

  it('recognises its canary, at the time it was sent', async () => {
    expect(await normaliseSample(provider.canary(NOW))).toEqual({
      understood: true,
      canary: true,
      sentAt: NOW,
    });
  });
};

const survives = ({ provider, samples }: ProviderHarness): void => {
  const normalise = (body: Uint8Array): Normalised =>
    provider.normalise({ account: 'main', headers: {}, body, receivedAt: NOW });
  const payloads = [...samples.values()];

  it('says something storable of any mutation of its samples', () => {
    fc.assert(
      fc.property(mutated(payloads), (text) =>
        observationsOf(normalise(utf8(text))).forEach(expectFit),
      ),
      { numRuns: 1500 },
    );
  });

  it('answers for bytes that are no JSON, or only half of it', async () => {
    await fc.assert(
      fc.asyncProperty(broken(payloads), async (body) => {
        expect(normalise(body).understood).toBe(false);
        const request = { source: provider.name, headers: {}, body, receivedAt: NOW };
        const proof = await provider.prove(request, { secrets: [current], hash: webHash });
        expect(proof.proved).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
};

const readsAnswers = ({ answers = new Map(), personal }: ProviderHarness, api: FromApi): void => {
  const samples = [...answers.values()];
  if (samples.length === 0) throw new Error('a provider with an API, without answers of it');

  it('says of an answer what is known, storable and sealed where it is personal', () => {
    let observations = 0;
    for (const sample of samples) {
      const said = api.normalise(deliveredAnswer(sample, NOW));
      observationsOf(said).forEach(expectFit);
      observations += observationsOf(said).length;
      const open = observationsOf(said).map(({ personal: _sealed, ...rest }) => rest);
      for (const value of personal) expect(JSON.stringify(open)).not.toContain(value);
      expect(api.normalise({ ...deliveredAnswer(sample, NOW), receivedAt: NOW + 1 })).toEqual(said);
    }
    expect(observations).toBeGreaterThan(0);
  });

  it('says something storable of any mutation of its answers, and of what is no answer', () => {
    const headers = samples.map((sample) => deliveredAnswer(sample, NOW).headers);
    const bodies = samples.map(({ body }) => body);
    fc.assert(
      fc.property(fc.constantFrom({}, ...headers), mutated(bodies), (of, text) => {
        const input = { account: 'main', headers: of, body: utf8(text), receivedAt: NOW };
        observationsOf(api.normalise(input)).forEach(expectFit);
      }),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...headers), broken(bodies), (of, body) => {
        const said = api.normalise({ account: 'main', headers: of, body, receivedAt: NOW });
        expect(said.understood).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('says of what is gone nothing that cannot be stored', () => {
    for (const sample of samples) {
      const { headers, ...rest } = deliveredAnswer(sample, NOW);
      const gone = { ...headers, 'innkeeper-gone': 'true' };
      observationsOf(api.normalise({ ...rest, headers: gone, body: utf8('') })).forEach(expectFit);
    }
  });
};

const readsDocuments = ({ documents, personal }: ProviderHarness, feed: FromFeed): void => {
  const samples = [...(documents?.values() ?? [])];
  if (samples.length === 0) throw new Error('a provider with a feed, without documents of it');
  const at = { t: NOW / 1000, i: 7 };
  const entryOf = ({ document }: SampleDocument, i: number): FeedEntry => ({
    id: `sample${i}`,
    at,
    document,
  });
  const entriesOf = (name: string): readonly FeedEntry[] =>
    samples.filter((sample) => sample.feed === name).map(entryOf);
  const feeds = feed.collections.map(({ name }) => name);

  it('follows collections of different names, each with documents among the samples', () => {
    expect(new Set(feeds).size).toBe(feeds.length);
    for (const name of feeds) expect([name, entriesOf(name).length > 0]).toEqual([name, true]);
  });

  it('judges each document, and nothing but its own account by a setting', () => {
    for (const { feed: name, document } of samples) {
      const followed = feed.collections.find((one) => one.name === name);
      const standing = followed?.standing(document, {});
      expect(['there', 'hidden', 'emptied', 'ignored']).toContain(standing);
      expect(followed?.standing(document, { own: 'nobody' })).toBe(standing);
    }
  });

  it.each(feeds)('says of %s what is known, storable and sealed where it is personal', (name) => {
    const said = feed.normalise(deliveredDocuments(name, entriesOf(name)));
    expect(observationsOf(said)).toHaveLength(entriesOf(name).length);
    observationsOf(said).forEach(expectFit);
    const open = observationsOf(said).map(({ personal: _sealed, ...rest }) => rest);
    for (const value of personal) expect(JSON.stringify(open)).not.toContain(value);
    for (const { occurredAt } of observationsOf(said)) expect(occurredAt).toBe(NOW);
  });

  it.each(feeds)('says of %s that something is gone, whatever took it', (name) => {
    const reasons = ['removed', 'hidden', 'emptied', 'missing', 'unfollowed'] as const;
    const entries = reasons.map((gone, i) => ({ id: `sample${i}`, at, gone }));
    const said = observationsOf(feed.normalise(deliveredDocuments(name, entries)));
    said.forEach(expectFit);
    expect(said.map(({ data }) => [data.deleted, data.reason])).toEqual(
      reasons.map((reason) => [true, reason]),
    );
  });

  it('loses nothing of a delivery for what it cannot read of it', () => {
    const [name = ''] = feeds;
    const odd = { id: '', at, document: {} };
    const entries = [odd, ...entriesOf(name), odd];
    const said = feed.normalise(deliveredDocuments(name, entries));
    expect(observationsOf(said)).toHaveLength(entriesOf(name).length);
    expect(said).toMatchObject({ leftOut: [expect.any(String), expect.any(String)] });
  });

  it('says something storable of any mutation of its documents, and of what is no delivery', () => {
    const bodies = feeds.map((name) => ({ feed: name, entries: entriesOf(name) }));
    const read = (body: Uint8Array): Normalised =>
      feed.normalise({ account: 'main', headers: {}, body, receivedAt: NOW });
    fc.assert(
      fc.property(mutated(bodies), (text) => observationsOf(read(utf8(text))).forEach(expectFit)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(broken(bodies), (body) => {
        expect(read(body).understood).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
};

const observationsOf = (normalised: Normalised): readonly Observation[] =>
  normalised.understood && 'observations' in normalised ? normalised.observations : [];

/** Storable as it stands: what the log refuses must not come out of a normaliser. */
const expectFit = ({ type, stream, occurredAt, data, personal }: Observation): void => {
  const definition = factDefinitions.get(type);
  expect(definition?.data.safeParse(data).error).toBeUndefined();
  if (personal) expect(definition?.personal?.safeParse(personal).error).toBeUndefined();
  expect(stream).toMatch(STREAM);
  expect(Number.isSafeInteger(occurredAt) && occurredAt > 0).toBe(true);
  // Written in key order with nothing undefined, so that the cheap way to write it is the canonical one.
  expect(JSON.stringify(data)).toBe(canonicalJson(data));
  if (personal) expect(JSON.stringify(personal)).toBe(canonicalJson(personal));
};
