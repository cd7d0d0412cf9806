import type { v1 } from '@google-cloud/pubsub';

import type { Subscription, Topic } from '#libs/contracts';

export interface PubsubOptions {
  readonly projectId: string;
  /** Part of every name, so that environments can share a project. */
  readonly environment: string;
  /** `host:port` of an emulator: no TLS, no account. */
  readonly emulatorHost?: string;
  /** How long one request may take, with its repetitions, before it is `BUS_UNAVAILABLE`. */
  readonly timeoutMs?: number;
}

export interface PubsubClients {
  readonly publisher: v1.PublisherClient;
  readonly subscriber: v1.SubscriberClient;
  close(): Promise<void>;
}

/** The library's own default is up to two minutes between attempts to connect. */
const reconnect = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.min_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 3_000,
};

/**
 * The generated clients beneath the library's stream: they answer per request, so an outcome is known
 * and nothing is given back, extended or repeated behind our back. Loaded when first used: 100 MB.
 */
export const openClients = async ({
  projectId,
  emulatorHost,
}: PubsubOptions): Promise<PubsubClients> => {
  // Outside Google's network the library's look for a metadata server costs seconds and a warning.
  // eslint-disable-next-line no-restricted-properties -- google-auth-library has no other switch for it
  if (emulatorHost !== undefined) process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  const { PubSub, v1 } = await import('@google-cloud/pubsub');
  const emulator =
    emulatorHost === undefined ? {} : { apiEndpoint: emulatorHost, emulatorMode: true };
  const made = new PubSub({ projectId, ...emulator, ...reconnect });
  const config = { ...(await made.getClientConfig()) };
  const publisher = new v1.PublisherClient(config);
  const subscriber = new v1.SubscriberClient(config);
  const close = async () => void (await Promise.all([publisher.close(), subscriber.close()]));
  return { publisher, subscriber, close };
};

/** Full resource names, as Pub/Sub wants them. */
export class PubsubNames {
  readonly #topics: string;
  readonly #subscriptions: string;

  constructor({ projectId, environment }: PubsubOptions) {
    this.#topics = `projects/${projectId}/topics/innkeeper.${environment}.`;
    this.#subscriptions = `projects/${projectId}/subscriptions/innkeeper.${environment}.`;
  }

  topic({ name }: Topic): string {
    return this.#topics + name;
  }

  subscription({ name }: Subscription): string {
    return this.#subscriptions + name;
  }
}
