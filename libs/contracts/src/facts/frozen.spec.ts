import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { Fault, webHash } from '#libs/kernel';

import type { Fact } from '../fact.js';
import type { FrozenFact } from '../freeze/freeze-fact.js';
import { FROZEN_LOCK, freezeFacts } from '../freeze/freeze-facts.js';
import { factDefinitions, readFact } from './read-fact.js';

const folder = new URL('../../frozen/', import.meta.url);
const bytesOf = (name: string): Buffer => readFileSync(new URL(name, folder));
const lock = JSON.parse(bytesOf(FROZEN_LOCK).toString()) as Readonly<Record<string, string>>;
const names = readdirSync(folder).filter((name) => name !== FROZEN_LOCK);
/** Each sample ever frozen: the first of a type, and one for each set of fields that it gained. */
const frozen = names.flatMap((name) => {
  const first = JSON.parse(bytesOf(name).toString()) as FrozenFact;
  return [first, ...(first.widened ?? []).map((later) => ({ ...later, type: first.type }))];
});

const factOf = ({ type, data, personal }: FrozenFact, sealed = personal): Fact => ({
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

  it('are what the code says, frozen: else run `npm run freeze`', async () => {
    const files = new Map([...names, FROZEN_LOCK].map((name) => [name, bytesOf(name).toString()]));
    const definitions = factDefinitions.values();
    const report = await freezeFacts({ definitions, files, hash: webHash });
    expect(report).toEqual({ written: new Map(), says: [], refused: [] });
  });

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
