import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { Fault, type JsonObject } from '#libs/kernel';

import type { Fact } from '../fact.js';
import { factDefinitions, readFact } from './read-fact.js';

/**
 * A released version never changes: what was written with it lies in logs and backups for ever.
 * A change is a new version and a pure upcast in read-fact.ts. A new type adds a file here, with its
 * hash in the lock.
 */
interface Frozen {
  readonly type: string;
  readonly data: JsonObject;
  readonly personal?: JsonObject;
  readonly schemas: { readonly data: JsonObject; readonly personal?: JsonObject };
}

const folder = new URL('../../frozen/', import.meta.url);
const LOCK = 'frozen.lock.json';
const bytesOf = (name: string): Buffer => readFileSync(new URL(name, folder));
const lock = JSON.parse(bytesOf(LOCK).toString()) as Readonly<Record<string, string>>;
const names = readdirSync(folder).filter((name) => name !== LOCK);
const frozen = names.map((name) => JSON.parse(bytesOf(name).toString()) as Frozen);

const factOf = ({ type, data, personal }: Frozen, sealed = personal): Fact => ({
  id: '0019f000-0000-8000-8000-000000000000',
  type,
  stream: 'sample/1',
  version: 7,
  position: 7,
  era: 1,
  occurredAt: 1,
  recordedAt: 2,
  source: 'sample/main',
  correlationId: '0019f000-0000-8000-8000-000000000001',
  causationId: '0019f000-0000-8000-8000-000000000001',
  data,
  ...(sealed && { personal: sealed }),
});

const versionOf = (type: string): [name: string, version: number] => {
  const at = type.lastIndexOf('.v');
  return [type.slice(0, at), Number(type.slice(at + 2))];
};

const newestOf = (type: string): number =>
  Math.max(
    ...[...factDefinitions.keys()]
      .map(versionOf)
      .filter(([name]) => name === versionOf(type)[0])
      .map(([, version]) => version),
  );

describe('facts, as they were released', () => {
  it('has a frozen sample of every type, each locked by its hash', () => {
    const types = [...factDefinitions.keys()].map((type) => `${type}.json`).sort();
    expect(names.sort()).toEqual(types);
    expect(Object.keys(lock).sort()).toEqual(types);
  });

  it.each(names)('has not touched %s since', (name) => {
    expect(createHash('sha256').update(bytesOf(name)).digest('hex')).toBe(lock[name]);
  });

  it.each(frozen.map((sample) => [sample.type, sample] as const))(
    'still means by %s what it meant',
    (type, { schemas }) => {
      const definition = factDefinitions.get(type);
      expect(definition && z.toJSONSchema(definition.data)).toEqual(schemas.data);
      expect(definition?.personal && z.toJSONSchema(definition.personal)).toEqual(schemas.personal);
    },
  );

  it.each(frozen.map((sample) => [sample.type, sample] as const))(
    'reads a %s of then as the newest version of today',
    (type, sample) => {
      const read = readFact(factOf(sample));
      expect(versionOf(read.type)).toEqual([versionOf(type)[0], newestOf(type)]);
      if (read.type === type) expect(read).toEqual(factOf(sample));
    },
  );

  it.each(frozen.map((sample) => [sample.type, sample] as const))(
    'reads a %s whose personal part was erased',
    (_, sample) => {
      expect(readFact({ ...factOf(sample), personal: undefined }).personal).toBeUndefined();
    },
  );
});

describe('reading a fact', () => {
  const thrownBy = (fact: Fact): unknown => {
    try {
      return readFact(fact);
    } catch (thrown) {
      return thrown instanceof Fault ? thrown.code : thrown;
    }
  };
  const [sample] = frozen;
  if (!sample) throw new Error('no frozen samples');

  it('refuses a type that a newer version wrote', () => {
    expect(thrownBy(factOf({ ...sample, type: 'intake.call.observed.v99' }))).toBe(
      'FACT_SCHEMA_UNKNOWN',
    );
  });

  it('refuses a shape that its type never had', () => {
    expect(thrownBy(factOf({ ...sample, data: { ...sample.data, smuggled: 1 } }))).toBe(
      'FACT_DATA_INVALID',
    );
  });

  it('refuses a personal part where its type has none', () => {
    const canary = frozen.find(({ type }) => type === 'operations.canary.observed.v1');
    expect(thrownBy(factOf(canary ?? sample, { name: 'x' }))).toBe('FACT_DATA_INVALID');
  });
});
