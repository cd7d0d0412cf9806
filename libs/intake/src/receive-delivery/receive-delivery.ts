import { BODY_LIMIT, encodeDelivery, topics, type Delivery } from '#libs/contracts';
import { asFault, derivedId, type Code, type Hash, type Id } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { RawRequest } from '#libs/ports/provider';

import type { Source, Sources } from '../sources.js';
import { deliveryDigest } from './delivery-identity.js';
import type { Allowance } from './allowance.js';
import { keptHeaders, quarantinedHeaders } from './kept-headers.js';

export interface DoorRequest extends RawRequest {
  readonly traceparent?: string;
}

export type Received =
  | { readonly outcome: 'received'; readonly id: Id }
  | { readonly outcome: 'refused'; readonly code: Code; readonly quarantined: boolean };

interface ReceiveDeliveryParts {
  readonly sources: Sources;
  readonly bus: Pick<Bus, 'publish'>;
  readonly hash: Hash;
  /** How much of what proves nothing may be kept; beyond it only counted. */
  readonly quarantineAllowance: Allowance;
}

/**
 * The door, the same on the Swarm and at an edge: proves the raw bytes, makes them durable on the
 * bus, and only then says so. It needs no database, so it takes deliveries while the log is down.
 */
export const receiveDelivery =
  (ports: ReceiveDeliveryParts) =>
  async (request: DoorRequest): Promise<Received> => {
    const source = ports.sources.get(request.source);
    if (!source) return refused('INTAKE_SOURCE_UNKNOWN');
    if (request.body.length > (source.provider.bodyLimit ?? BODY_LIMIT))
      return refused('INTAKE_BODY_TOO_LARGE');
    if (source.secrets.length === 0) return refused('INTAKE_SECRET_MISSING');

    const tools = { secrets: source.secrets, hash: ports.hash };
    const proof = await source.provider.prove(request, tools);
    if (!proof.proved)
      return {
        outcome: 'refused',
        code: proof.code,
        quarantined: await quarantine(ports, source, request),
      };
    const [digest = NOTHING] = await deliveryDigest(ports.hash, request, proof.messageId);
    const id = derivedId(proof.sourceTime, digest);
    try {
      const headers = keptHeaders(request.headers, source.provider);
      const data = encodeDelivery(toDelivery(request, headers, id, proof.sourceTime));
      await ports.bus.publish(topics.deliveries, [{ data, attributes: attributesOf(request, id) }]);
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.kind === 'defect') throw fault;
      return refused('INTAKE_BUS_UNAVAILABLE');
    }
    return { outcome: 'received', id };
  };

/** Best effort, within its allowance: a stranger's bytes must never cost a provider its answer. */
const quarantine = async (
  { bus, hash, quarantineAllowance }: ReceiveDeliveryParts,
  { provider }: Source,
  request: DoorRequest,
): Promise<boolean> => {
  const headers = quarantinedHeaders(request.headers, provider);
  // Asked before anything is hashed: in a flood the rest is all that a refused post would cost.
  const bytes = request.body.length + lengthOf(headers);
  if (!quarantineAllowance.take(bytes, request.receivedAt)) return false;
  const [digest = NOTHING] = await deliveryDigest(hash, request, undefined);
  const id = derivedId(request.receivedAt, digest);
  const delivery = toDelivery(request, headers, id, 0);
  try {
    await bus.publish(topics.quarantine, [
      { data: encodeDelivery(delivery), attributes: { id: delivery.id } },
    ]);
    return true;
  } catch (thrown) {
    if (asFault(thrown).kind === 'defect') throw thrown;
    return false;
  }
};

/** The trace travels beside the bytes, so that intake's span hangs under the door's. */
const attributesOf = ({ traceparent }: DoorRequest, id: Id): Record<string, string> =>
  traceparent === undefined ? { id } : { id, traceparent };

const NOTHING = new Uint8Array();

const refused = (code: Code): Received => ({ outcome: 'refused', code, quarantined: false });

const lengthOf = (headers: Readonly<Record<string, string>>): number =>
  Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);

const toDelivery = (
  { source, body, receivedAt, traceparent }: DoorRequest,
  headers: Delivery['headers'],
  id: Id,
  sourceTime: number,
): Delivery => ({
  id,
  source,
  receivedAt,
  sourceTime,
  headers,
  ...(traceparent !== undefined && { traceparent }),
  body,
});
