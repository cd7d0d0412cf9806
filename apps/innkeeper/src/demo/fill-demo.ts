import { receiveAnswers, type ProviderAnswer } from '#libs/intake';
import { fault, utf8 } from '#libs/kernel';
import type { RunningProcess } from '#libs/platform';

import type { DemoDelivery } from './demo-delivery.js';

export interface DemoDoors {
  readonly running: Pick<RunningProcess, 'url' | 'parts'>;
  /** Of an operator. */
  readonly token: string;
  readonly show: (done: number, of: number) => Promise<void>;
}

/** A door takes several posts at once, as from a provider that catches up. */
const LANES = 12;
const SHOWN_EACH = 20;
const PATIENCE_MS = 300_000;
const AGAIN_MS = 150;

/** Lets the company happen: what came by webhook is posted to the doors, signed, and its notes are handed in. */
export const fillDemo = async (
  deliveries: readonly DemoDelivery[],
  doors: DemoDoors,
): Promise<void> => {
  let done = 0;
  const giveAll = async (some: readonly DemoDelivery[]): Promise<void> => {
    const waiting = some.values();
    const lane = async (): Promise<void> => {
      // One iterator for all lanes: each delivery is taken once.
      for (const delivery of waiting) {
        await give(delivery, doors);
        done += 1;
        if (done % SHOWN_EACH === 0) await doors.show(done, deliveries.length);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await caughtUp(doors);
  };
  // A note names its listing, which the catalog has to know by then.
  await giveAll(deliveries.filter(({ way }) => way !== 'note'));
  await giveAll(deliveries.filter(({ way }) => way === 'note'));
};

const give = (delivery: DemoDelivery, doors: DemoDoors): Promise<void> => {
  switch (delivery.way) {
    case 'door':
      return knock(delivery, doors);
    case 'api':
      return answer(delivery, doors);
    case 'note':
      return note(delivery, doors);
  }
};

const knock = async (
  { payload, source }: Extract<DemoDelivery, { way: 'door' }>,
  { running: { parts, url } }: DemoDoors,
): Promise<void> => {
  const { provider, secrets = [] } = parts.sources.get(source) ?? {};
  const [secret] = secrets;
  if (!provider || !secret) throw fault('INTAKE_SECRET_MISSING', { details: { source } });
  await until(async () => {
    const { body, headers } = await provider.sign(payload, secret, parts.clock.now());
    const response = await fetch(`${url}/webhooks/${source}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });
    await response.arrayBuffer();
    if (response.ok) return true;
    if (response.status !== 503) throw fault('API_REQUEST_INVALID', { details: { source } });
    return false;
  });
};

const answer = async (
  { at, entity, id, payload, source }: Extract<DemoDelivery, { way: 'api' }>,
  { running: { parts } }: DemoDoors,
): Promise<void> => {
  const told: ProviderAnswer = { entity, id, body: utf8(JSON.stringify(payload)), askedAt: at };
  await receiveAnswers(parts)({ provider: source, backfilled: false }, [told]);
};

const note = async (
  { name, text }: Extract<DemoDelivery, { way: 'note' }>,
  { running: { url }, token }: DemoDoors,
): Promise<void> =>
  until(async () => {
    const response = await fetch(`${url}/api/notes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, text }),
    });
    await response.arrayBuffer();
    if (response.ok) return true;
    if (response.status !== 503) throw fault('API_REQUEST_INVALID', { details: { part: name } });
    return false;
  });

/** The first question is asked at once: what came in stands in the records by then. */
const caughtUp = async ({ running: { url }, token }: DemoDoors): Promise<void> =>
  until(async () => {
    const response = await fetch(`${url}/api/doctor`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { consumers } = (await response.json()) as {
      readonly consumers: readonly { readonly behind?: number }[];
    };
    return consumers.every(({ behind = 0 }) => behind === 0);
  });

const until = async (attempt: () => Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + PATIENCE_MS; !(await attempt());) {
    if (performance.now() > end) throw fault('INTAKE_BUS_UNAVAILABLE');
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
};
