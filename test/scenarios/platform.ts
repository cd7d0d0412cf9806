import { nodeOutbound, sharedBudget } from '#libs/adapters/outbound';
import { SqliteDatabase, sqliteLeases } from '#libs/adapters/sqlite';
import { projectRecords, recordCollection, recordKinds, type KindName } from '#libs/catalog';
import { entityHint, subscriptions } from '#libs/contracts';
import {
  createAllowance,
  createDeliveries,
  createHistoryRuns,
  createWantedEntities,
  expectedTold,
  firstToldAfter,
  historyKeyOf,
  isRepair,
  lastTold,
  passesOf,
  readHistory,
  receiveAnswers,
  receiveDelivery,
  refreshEntity,
  takeInDeliveries,
  watchWebhooks,
  type Source,
} from '#libs/intake';
import { asFault, Secret, textOf, utf8, type JsonObject } from '#libs/kernel';
import { createAlerts, watchDoor } from '#libs/operations';
import { repeating } from '#libs/ports/outbound';
import type { StoredFact } from '#libs/ports/event-log';
import type { ApiParts, Provider, ProviderApi, WantedWebhook } from '#libs/ports/provider';
import { aircall } from '#libs/providers/aircall';
import { guesty } from '#libs/providers/guesty';
import { drained, FakeAircall, FakeGuesty, openEmbedded, type Posted } from '#libs/testing';

const MINUTE = 60_000;
const DAY = 86_400_000;
const API_TOKEN = 'a-token-of-the-api';
const CLIENT = { clientId: 'a-client', clientSecret: 'the-secret-of-the-client' };
const plenty = { bytesPerSecond: 1e7, piecesPerSecond: 1e4, burstSeconds: 10 };

const PUBLIC_URL = 'https://hooks.harbourstays.example';
const OF_PROVIDERS: readonly Provider[] = [aircall, guesty];

/** Both providers, and between them and the log what the platform has there: all on one clock. */
export const openPlatform = async () => {
  const parts = await openEmbedded();
  const { clock, bus, documents, log } = parts;
  const leaseFile = new SqliteDatabase(':memory:');
  const leases = sqliteLeases({ database: leaseFile, clock });
  const sources = new Map<string, Source>();
  const receive = receiveDelivery({
    ...{ sources, bus, hash: parts.hash },
    quarantineAllowance: createAllowance(plenty),
  });
  const post = async (url: string, { headers, body }: Posted): Promise<number> => {
    const source = url.slice(url.lastIndexOf('/') + 1);
    const request = { source, headers, body: utf8(body), receivedAt: clock.now() };
    return (await receive(request)).outcome === 'received' ? 200 : 401;
  };
  const fakes = {
    aircall: await FakeAircall.start({ clock, apiId: 'an-id', apiToken: API_TOKEN, post }),
    guesty: await FakeGuesty.start({ clock, ...CLIENT, post }),
  };

  const raw = nodeOutbound({ allowed: ['127.0.0.0/8'] });
  const sleep = async (ms: number): Promise<void> => clock.pass(ms);
  const timing = { clock, sleep, random: () => 0.5 };
  /** What the platform hands a provider to open its API, with these credentials. */
  const partsFor = (
    { name }: Provider,
    given: Readonly<Record<string, string>>,
    url: string,
  ): ApiParts => ({
    ...{ account: 'main', clock, documents, holder: 'one', keys: parts.keys, leases, sleep },
    credentials: {
      text: (ending) => (ending === 'API_URL' ? url : (given[ending] ?? '')),
      secret: (ending) => new Secret(given[ending] ?? ''),
    },
    outboundWithin: (limits, waitIn) =>
      repeating({
        ...timing,
        outbound: raw,
        budget: sharedBudget({ ...timing, name, limits, documents, patienceMs: DAY }),
        ...(waitIn && { waitIn }),
      }),
  });
  const given = {
    aircall: { API_ID: 'an-id', API_TOKEN },
    guesty: { CLIENT_ID: CLIENT.clientId, CLIENT_SECRET: CLIENT.clientSecret },
  };
  const apis = new Map<string, ProviderApi>();
  for (const [provider, name] of [
    [aircall, 'aircall'],
    [guesty, 'guesty'],
  ] as const) {
    const api = await provider.api?.open(partsFor(provider, given[name], fakes[name].url));
    if (api) apis.set(name, api);
  }

  const wantedWebhook = (source: string): WantedWebhook => ({
    url: `${PUBLIC_URL}/webhooks/${source}`,
    events: OF_PROVIDERS.find(({ name }) => name === source)?.api?.events ?? [],
    secrets: sources.get(source)?.secrets ?? [],
  });
  /** Our doors are registered with their providers, which choose what they prove themselves with. */
  const register = async (provider: Provider): Promise<void> => {
    const { name } = provider;
    const state = await apis.get(name)?.webhooks.mend(wantedWebhook(name));
    const secrets = state?.secret ? [state.secret] : [];
    sources.set(name, { provider, account: 'main', secrets });
  };
  for (const provider of OF_PROVIDERS) await register(provider);

  const deliveries = createDeliveries({ ...parts, retentionMs: 30 * DAY });
  const takeIn = takeInDeliveries({ ...parts, sources, deliveries });
  const wanted = createWantedEntities(parts);
  const runs = createHistoryRuns(parts);
  const toldAt = lastTold(parts);
  const asking = { apis, wanted, receive: receiveAnswers(parts), clock, lastTold: toldAt };
  const read = readHistory({ ...asking, runs });
  const refresh = refreshEntity(asking);
  const project = projectRecords(parts)({ generation: 1, signals: false });
  let folded = 1;

  /** Deliveries into the log, hints to who looks up, facts into records. */
  const pump = async (): Promise<void> => {
    const messages = await drained(bus, subscriptions.intakeOfDeliveries);
    for (const failure of await takeIn(messages.map(({ data }) => data)))
      if (failure) throw failure;
    const hints = await drained(bus, subscriptions.refreshOfHints);
    await wanted.want(hints.map(({ data }) => entityHint.parse(JSON.parse(textOf(data)))));
    for (let facts = await log.read(folded, 500); facts.length > 0;) {
      await project(facts);
      folded = facts.at(-1)?.position ?? folded;
      facts = await log.read(folded, 500);
    }
  };

  const alerts = createAlerts(parts);
  const watch = watchDoor({
    intake: {
      apis,
      history: { runs, isRepair },
      webhooks: {
        watch: watchWebhooks({ apis, sources, documents, publicUrl: PUBLIC_URL }),
        lastTold: toldAt,
        firstToldAfter: firstToldAfter(parts),
        expectedTold: expectedTold(parts),
      },
    },
    alerts,
    clock,
    isWebhookWatched: true,
  });

  const readWhole = async (key: string): Promise<void> => {
    const unhurried = { signal: new AbortController().signal, sliceMs: DAY };
    await read(key, { ...unhurried, progress: () => Promise.resolve() });
  };

  const lookUp = async (key: string): Promise<void> => {
    await refresh(key).catch(async (thrown: unknown) => {
      const { code, kind } = asFault(thrown);
      if (kind === 'defect') throw thrown;
      await wanted.putOff(key, code);
    });
  };

  /** What the role of the syncs does by itself: passes that are due, what was asked for, what is wanted. */
  const sync = async (): Promise<void> => {
    for (const { key } of passesOf(apis)) await readWhole(key);
    for (const run of await runs.open()) await readWhole(historyKeyOf(run));
    await pump();
    for (const key of await wanted.due(500)) await lookUp(key);
    await pump();
  };

  let lookedAt = clock.now();
  let syncedAt = clock.now();
  /** What comes in is taken in at once; jobs run as their schedules say. */
  const work = async (): Promise<void> => {
    await pump();
    if (clock.now() - lookedAt >= 5 * MINUTE) {
      lookedAt = clock.now();
      for (const key of apis.keys()) await watch(key, () => Promise.resolve());
    }
    if (clock.now() - syncedAt < MINUTE) return;
    await sync();
    syncedAt = clock.now();
  };

  return {
    ...{ clock, fakes, apis, alerts, runs, wantedWebhook, work, sync },

    async facts(): Promise<readonly StoredFact[]> {
      const all: StoredFact[] = [];
      for (let facts = await log.read(0, 500); facts.length > 0;) {
        all.push(...facts);
        facts = await log.read(facts.at(-1)?.position ?? 0, 500);
      }
      return all;
    },

    async record(kind: KindName, id: string): Promise<JsonObject | undefined> {
      const [found] = await documents.get(recordCollection(kind, 1), [id]);
      return found && recordKinds[kind].view(found.body as JsonObject);
    },

    async close(): Promise<void> {
      raw.close();
      await Promise.all([fakes.aircall.close(), fakes.guesty.close()]);
      await leaseFile.close();
      await parts.close();
    },
  };
};

export type Platform = Awaited<ReturnType<typeof openPlatform>>;
