import { pubsubRest, readServiceAccount } from '#libs/adapters/pubsub-rest';
import { answerRequest, createAllowance, receiveDelivery } from '#libs/intake';
import { Secret, systemClock, webHash } from '#libs/kernel';
import { guesty } from '#libs/providers/guesty';

/** Settings and secrets by the names they have everywhere, bound by Wrangler. */
interface Env {
  readonly INNKEEPER_ENVIRONMENT: string;
  readonly INNKEEPER_PUBSUB_PROJECT: string;
  readonly INNKEEPER_PUBSUB_KEY?: string;
  readonly INNKEEPER_PUBSUB_URL?: string;
  readonly INNKEEPER_GUESTY_ACCOUNT?: string;
  readonly INNKEEPER_GUESTY_SECRETS?: string;
}

/** What proves nothing is kept within these bounds, for each isolate. */
const QUARANTINED = {
  bytesPerSecond: 100_000,
  piecesPerSecond: 10,
  burstSeconds: 5,
};

const open = (env: Env): ((request: Request) => Promise<Response>) => {
  const texts = (env.INNKEEPER_GUESTY_SECRETS ?? '').split(',').map((text) => text.trim());
  const secrets = texts.filter(Boolean).map((text) => new Secret(text));
  const account = env.INNKEEPER_GUESTY_ACCOUNT ?? 'main';
  const sources = new Map([[guesty.name, { provider: guesty, account, secrets }]]);
  const bus = pubsubRest({
    projectId: env.INNKEEPER_PUBSUB_PROJECT,
    environment: env.INNKEEPER_ENVIRONMENT,
    clock: systemClock,
    report: ({ code, details }) =>
      console.error(JSON.stringify({ event: 'publish.failed', code, details })),
    ...(env.INNKEEPER_PUBSUB_KEY !== undefined && {
      account: readServiceAccount(new Secret(env.INNKEEPER_PUBSUB_KEY)),
    }),
    ...(env.INNKEEPER_PUBSUB_URL !== undefined && {
      url: env.INNKEEPER_PUBSUB_URL,
    }),
  });
  const quarantineAllowance = createAllowance(QUARANTINED);
  const receive = receiveDelivery({
    sources,
    bus,
    hash: webHash,
    quarantineAllowance,
  });
  return answerRequest({ receive, sources, clock: systemClock });
};

/** One door for as long as the isolate lives: its token and its allowance outlast a request. */
let door: ReturnType<typeof open> | undefined;

export default {
  fetch: (request: Request, env: Env): Promise<Response> => (door ??= open(env))(request),
};
