import { pubsubRest } from '#libs/adapters/pubsub-rest';
import { answerRequest, composeDoor, createAllowance } from '#libs/intake';
import { Secret, systemClock, webHash } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

/** Settings and secrets by the names they have everywhere, bound by Wrangler. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What proves nothing is kept within these bounds, for each isolate. */
const QUARANTINED = { bytesPerSecond: 100_000, piecesPerSecond: 10, burstSeconds: 5 };

/** One provider's door for as long as the isolate lives: its token and its allowance outlast a request. */
export const edgeDoor = (provider: Provider) => {
  let door: ReturnType<typeof open> | undefined;
  return {
    fetch: (request: Request, env: Env): Promise<Response> =>
      (door ??= open(provider, env))(request),
  };
};

const open = (provider: Provider, env: Env): ((request: Request) => Promise<Response>) => {
  const own = `INNKEEPER_${provider.name.toUpperCase()}`;
  const { INNKEEPER_PUBSUB_KEY: keyFile, INNKEEPER_PUBSUB_URL: url } = env;
  const texts = (env[`${own}_${provider.secrets.ending}`] ?? '').split(',');
  const secrets = texts.flatMap((text) => (text.trim() === '' ? [] : new Secret(text.trim())));
  const account = env[`${own}_ACCOUNT`] ?? 'main';
  const sources = new Map([[provider.name, { provider, account, secrets }]]);
  const bus = pubsubRest({
    projectId: env['INNKEEPER_PUBSUB_PROJECT'] ?? '',
    environment: env['INNKEEPER_ENVIRONMENT'] ?? '',
    clock: systemClock,
    report: ({ code, details }) =>
      console.error(JSON.stringify({ event: 'publish.failed', code, details })),
    ...(keyFile !== undefined && { keyFile: new Secret(keyFile) }),
    ...(url !== undefined && { url }),
  });
  const quarantineAllowance = createAllowance(QUARANTINED);
  const door = composeDoor({ sources, bus, hash: webHash, quarantineAllowance });
  return answerRequest({ ...door, clock: systemClock });
};
