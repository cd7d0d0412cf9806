import { fault, strictTextOf, utf8 } from '#libs/kernel';
import * as z from 'zod';

import type { Fact, FactMeta } from './fact.js';

/** A fact without its personal part, data still as the canonical JSON text that lies in the log. */
export interface FactEnvelope
  extends
    FactMeta,
    Pick<
      Fact,
      'id' | 'type' | 'stream' | 'version' | 'position' | 'era' | 'occurredAt' | 'recordedAt'
    > {
  readonly data: string;
}

/** CloudEvents 1.0 in binary mode: attributes beside the data, as the binding for Pub/Sub has it. */
export interface CloudEventMessage {
  readonly data: Uint8Array;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Pub/Sub's limit for the value of an attribute. */
const VALUE_LIMIT = 1024;

export const toCloudEvent = (fact: FactEnvelope): CloudEventMessage => {
  const attributes: Record<string, string> = {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-id': fact.id,
    'ce-type': fact.type,
    'ce-source': fact.source,
    'ce-subject': fact.stream,
    'ce-position': `${fact.position}`,
    'ce-era': `${fact.era}`,
    'ce-streamversion': `${fact.version}`,
    'ce-recordedtime': new Date(fact.recordedAt).toISOString(),
    'ce-correlationid': fact.correlationId,
    'ce-causationid': fact.causationId,
  };
  if (isCalendarTime(fact.occurredAt))
    attributes['ce-time'] = new Date(fact.occurredAt).toISOString();
  else attributes['ce-occurredms'] = `${fact.occurredAt}`;
  if (fact.actor !== undefined) attributes['ce-actor'] = fact.actor;
  if (fact.traceparent !== undefined) attributes['ce-traceparent'] = fact.traceparent;
  if (fact.backfilled) attributes['ce-backfilled'] = 'true';
  refuseTooLong(attributes);
  return { data: utf8(fact.data), attributes };
};

/** A provider may send a time that RFC 3339 cannot write; then its number travels instead. */
const isCalendarTime = (time: number): boolean => time >= YEAR_0 && time < YEAR_10000;
const YEAR_0 = Date.parse('0000-01-01T00:00:00Z');
const YEAR_10000 = Date.UTC(10_000, 0);

const refuseTooLong = (attributes: Record<string, string>): void => {
  for (const name in attributes) {
    const value = attributes[name] ?? '';
    // A UTF-16 unit is at most three bytes: almost nothing needs to be encoded to be measured.
    if (value.length * 3 > VALUE_LIMIT && utf8(value).length > VALUE_LIMIT)
      throw fault('BUS_MESSAGE_TOO_LARGE', { details: { attribute: name } });
  }
};

const count = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,15})$/)
  .transform(Number);
const time = z.iso.datetime().transform((text) => Date.parse(text));

const envelope = z.object({
  'ce-specversion': z.literal('1.0'),
  'ce-id': z.string(),
  'ce-type': z.string(),
  'ce-source': z.string(),
  'ce-subject': z.string(),
  'ce-time': time.optional(),
  'ce-occurredms': z
    .string()
    .regex(/^-?\d{1,16}$/)
    .transform(Number)
    .optional(),
  'ce-position': count,
  'ce-era': count,
  'ce-streamversion': count,
  'ce-recordedtime': time,
  'ce-correlationid': z.string(),
  'ce-causationid': z.string(),
  'ce-actor': z.string().optional(),
  'ce-traceparent': z.string().optional(),
  'ce-backfilled': z.literal('true').optional(),
});

/** Attributes that a bus or a tracer adds are left aside. */
export const fromCloudEvent = ({ data, attributes }: CloudEventMessage): FactEnvelope => {
  const read = envelope.safeParse(attributes);
  const occurredAt = read.data?.['ce-time'] ?? read.data?.['ce-occurredms'];
  if (!read.success || occurredAt === undefined)
    throw fault('FACT_ENVELOPE_INVALID', { cause: read.error });
  const { 'ce-actor': actor, 'ce-traceparent': traceparent } = read.data;
  return {
    id: read.data['ce-id'],
    type: read.data['ce-type'],
    source: read.data['ce-source'],
    stream: read.data['ce-subject'],
    version: read.data['ce-streamversion'],
    position: read.data['ce-position'],
    era: read.data['ce-era'],
    occurredAt,
    recordedAt: read.data['ce-recordedtime'],
    correlationId: read.data['ce-correlationid'],
    causationId: read.data['ce-causationid'],
    ...(actor !== undefined && { actor }),
    ...(traceparent !== undefined && { traceparent }),
    ...(read.data['ce-backfilled'] && { backfilled: true }),
    data: textOfData(data),
  };
};

const textOfData = (data: Uint8Array): string => {
  try {
    return strictTextOf(data);
  } catch (cause) {
    throw fault('FACT_ENVELOPE_INVALID', { details: { part: 'data' }, cause });
  }
};
