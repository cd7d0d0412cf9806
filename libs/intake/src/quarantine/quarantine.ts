import { decodeDelivery, encodeDelivery, topics, type Delivery } from '#libs/contracts';
import { asFault, derivedId, succeeded, type Fault, type Hash, type Id } from '#libs/kernel';
import type { Journal } from '#libs/journal';
import type { Bus } from '#libs/ports/bus';
import type { StoredDocument } from '#libs/ports/documents';

import { deliveryDigest } from '../receive-delivery/delivery-identity.js';
import type { Sources } from '../sources.js';
import {
  cappedStore,
  everyQuarantined,
  quarantineCollection,
  quarantineStreamOf,
  type CappedStoreParts,
} from './capped-store.js';

interface QuarantineParts extends CappedStoreParts {
  readonly journal: Journal;
  readonly sources: Sources;
  readonly bus: Bus;
  readonly hash: Hash;
}

/** Our own clock was wrong when these were received. Who widens a window, and how far, is a fact. */
export interface WidenedWindow {
  readonly withinMs: number;
  readonly actor: string;
  readonly cause: Id;
}

export interface Quarantine {
  /** Keeps what doors could not prove. One answer per message: a fault, or nothing. */
  keep(messages: readonly Uint8Array[]): Promise<readonly (Fault | undefined)[]>;
  /** Proves everything again, with the secrets of now and the time windows of then, or a wider one. */
  retry(widened?: WidenedWindow): Promise<{ readonly proved: number; readonly left: number }>;
  drop(ids: readonly Id[]): Promise<void>;
  /** How many were not kept since the start: for the cap, for their size or for the disk. */
  readonly dropped: () => number;
}

export const createQuarantine = (ports: QuarantineParts): Quarantine => {
  const { documents, keys, clock } = ports;
  const store = cappedStore(ports);

  return {
    async keep(messages) {
      const read = messages.map(readDelivery);
      await store.keep(read.filter(succeeded));
      return read.map((one) => (succeeded(one) ? undefined : one));
    },

    async retry(widened) {
      if (widened) await noteWidened(ports, widened);
      let proved = 0;
      let left = 0;
      for await (const stored of everyQuarantined(documents)) {
        if (await provesNow(ports, stored, widened?.withinMs)) proved += 1;
        else left += 1;
      }
      store.recount();
      return { proved, left };
    },

    async drop(ids) {
      await documents.remove(quarantineCollection, ids);
      await keys.destroy(ids.map(quarantineStreamOf), clock.now());
      store.recount();
    },

    dropped: store.dropped,
  };
};

const readDelivery = (bytes: Uint8Array): Delivery | Fault => {
  try {
    return decodeDelivery(bytes);
  } catch (thrown) {
    return asFault(thrown);
  }
};

/** Before anything is proved by it. */
const noteWidened = async (
  { journal, clock }: QuarantineParts,
  { withinMs, actor, cause }: WidenedWindow,
): Promise<void> => {
  const fact = {
    type: 'operations.proof_window.widened.v1',
    stream: 'operations/proof-window',
    occurredAt: clock.now(),
    data: { withinMs },
    meta: { source: 'innkeeper/intake', actor, correlationId: cause, causationId: cause },
  };
  await journal.observe(await journal.prepare([fact]));
};

const provesNow = async (
  ports: QuarantineParts,
  stored: StoredDocument,
  withinMs: number | undefined,
): Promise<boolean> => {
  const { sources, keys, packer, hash, bus, documents } = ports;
  const [plain] = await keys.open([
    { stream: quarantineStreamOf(stored.id), sealed: stored.bytes ?? new Uint8Array() },
  ]);
  if (!plain) return false;
  const delivery = decodeDelivery(packer.unpack(plain));
  const source = sources.get(delivery.source);
  if (!source || source.secrets.length === 0) return false;
  const tools = { secrets: source.secrets, hash };
  let { receivedAt } = delivery;
  let proof = await source.provider.prove(delivery, tools);
  if (!proof.proved && proof.code === 'INTAKE_SIGNATURE_EXPIRED' && withinMs !== undefined) {
    proof = await source.provider.prove(delivery, { ...tools, withinMs });
    // Our clock was wrong then; the sender's is nearer the truth.
    if (proof.proved) receivedAt = proof.sourceTime || ports.clock.now();
  }
  if (!proof.proved) return false;
  const [digest = new Uint8Array()] = await deliveryDigest(hash, delivery, proof.messageId);
  const id = derivedId(proof.sourceTime, digest);
  const data = encodeDelivery({ ...delivery, receivedAt, id, sourceTime: proof.sourceTime });
  await bus.publish(topics.deliveries, [{ data, attributes: { id } }]);
  await documents.remove(quarantineCollection, [stored.id]);
  return true;
};
