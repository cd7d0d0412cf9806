import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { encodeDelivery, subscriptions, type Delivery } from '#libs/contracts';
import {
  createAllowance,
  createDeliveries,
  createQuarantine,
  guardedAllowance,
  readDeliveries,
  receiveDelivery,
  reprocessDeliveries,
  takeInDeliveries,
  type DoorRequest,
  type DropReason,
  type FollowedReaders,
  type Noticed,
  type QuarantineGuard,
  type Source,
} from '#libs/intake';
import { derivedId, Secret, utf8, type Id, type JsonObject } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { Provider } from '#libs/ports/provider';
import { aircall } from '#libs/providers/aircall';
import { digest } from '#libs/adapters/node-crypto';
import { drained, openEmbedded, type EmbeddedParts } from '#libs/testing';

import { parrot } from './parrot.js';

export const DAY = 24 * 60 * 60_000;
export const CURRENT = 'the current secret';
export const OLDER = 'the secret before';

export interface WorldOptions {
  readonly secrets?: readonly string[];
  readonly parrot?: Provider;
  readonly maxBytes?: number;
  readonly isDiskNearlyFull?: () => boolean;
  readonly documents?: (documents: Documents) => Documents;
  readonly notice?: (noticed: readonly Noticed[]) => void;
  /** Besides the usual ones. */
  readonly provider?: Provider;
  readonly followed?: FollowedReaders;
}

const sourcesOf = ({
  secrets = [CURRENT, OLDER],
  parrot: bird = parrot(),
  provider: other,
}: WorldOptions) =>
  new Map(
    [aircall, bird, ...(other ? [other] : [])].map((provider): [string, Source] => [
      provider.name,
      { provider, account: 'main', secrets: secrets.map((secret) => new Secret(secret)) },
    ]),
  );

/** Door, intake and quarantine on the same embedded parts, wired as the apps wire them. */
export const intakeOn = (parts: EmbeddedParts, options: WorldOptions = {}) => {
  const sources = sourcesOf(options);
  const documents = options.documents?.(parts.documents) ?? parts.documents;
  const ports = { ...parts, documents, sources, followed: options.followed };
  const dropped: DropReason[] = [];
  const guard: QuarantineGuard = {
    isDiskNearlyFull: options.isDiskNearlyFull ?? (() => false),
    onDropped: (reason, count) => dropped.push(...Array<DropReason>(count).fill(reason)),
  };
  const deliveries = createDeliveries({ ...ports, retentionMs: 30 * DAY });
  const limits = { bytesPerSecond: 10_000, piecesPerSecond: 2, burstSeconds: 2 };
  const quarantineAllowance = guardedAllowance(createAllowance(limits), guard);
  const receive = receiveDelivery({ ...ports, quarantineAllowance });
  return {
    sources,
    receive: (request: Partial<DoorRequest>) =>
      receive({
        source: 'parrot',
        headers: {},
        body: utf8('{}'),
        receivedAt: parts.clock.now(),
        ...request,
      }),
    takeIn: takeInDeliveries({
      ...ports,
      deliveries,
      ...(options.notice && { notice: options.notice }),
    }),
    deliveries,
    known: readDeliveries(ports),
    reprocess: reprocessDeliveries({ ...ports, deliveries }),
    quarantine: createQuarantine({
      ...ports,
      guard,
      retentionMs: 7 * DAY,
      maxBytes: options.maxBytes ?? 1_000_000,
    }),
    /** Why things of strangers were not kept, one by one. */
    dropped,
  };
};

export type Intake = ReturnType<typeof intakeOn>;
export type IntakeWorld = EmbeddedParts & Intake;

export const openIntake = async (options: WorldOptions = {}): Promise<IntakeWorld> => {
  const parts = await openEmbedded();
  return { ...parts, ...intakeOn(parts, options) };
};

export const sample = (name: string): JsonObject => {
  const path = new URL(`../../../test/fixtures/aircall/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
};

/** A delivery as a door publishes it: the same body of the same source has the same id. */
export const deliveryOf = (
  source: string,
  body: JsonObject | Uint8Array,
  { receivedAt = Date.UTC(2026, 8, 14, 9) }: { readonly receivedAt?: number } = {},
): Delivery => {
  const bytes = body instanceof Uint8Array ? body : utf8(JSON.stringify(body));
  return {
    id: idOf(source, bytes),
    source,
    receivedAt,
    sourceTime: 1_789_377_124_000,
    headers: { 'content-type': 'application/json' },
    body: bytes,
  };
};

const idOf = (source: string, body: Uint8Array): Id =>
  derivedId(1_789_377_124_000, digest(new Uint8Array([...utf8(source), ...body])));

export const messageOf = (delivery: Delivery): Uint8Array => encodeDelivery(delivery);

/** Everything in the log but its beginning. */
export const factsIn = async ({ log }: Pick<EmbeddedParts, 'log'>) => log.read(1, 1000);

export const published = ({ bus }: Pick<EmbeddedParts, 'bus'>) =>
  drained(bus, subscriptions.intakeOfDeliveries);
export const quarantined = ({ bus }: Pick<EmbeddedParts, 'bus'>) =>
  drained(bus, subscriptions.keeperOfQuarantine);

/** Bytes that no codec makes smaller, always the same. */
export const incompressible = (length: number): Uint8Array =>
  Uint8Array.from(createHash('shake256', { outputLength: length }).digest());
