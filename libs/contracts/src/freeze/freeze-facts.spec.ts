import { webHash } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import type { FactDefinition } from '../fact.js';
import { FROZEN_LOCK, freezeFacts } from './freeze-facts.js';

const TYPE = 'intake.lock.observed.v1';
const FILE = `${TYPE}.json`;
const lock = (shape: z.core.$ZodShape = {}): FactDefinition => ({
  ...{ type: TYPE, kind: 'observed' },
  data: z.strictObject({ id: z.string(), ...shape }),
});
const sample = JSON.stringify({ type: TYPE, data: { id: 'lockbox.main.7' } });

const freeze = (definitions: readonly FactDefinition[], files: ReadonlyMap<string, string>) =>
  freezeFacts({ definitions, files, hash: webHash });
/** The folder after the fact was released. */
const released = async () => (await freeze([lock()], new Map([[FILE, sample]]))).written;
const widened = lock({ battery: z.int().optional() });

describe('freezing facts', () => {
  it('freezes a new one from its sample and locks it', async () => {
    const files = await released();
    expect([...files.keys()]).toEqual([FILE, FROZEN_LOCK]);
    expect(await freeze([lock()], files)).toEqual({ written: new Map(), says: [], refused: [] });
  });

  it('widens one that gained an optional field, and is content with it then', async () => {
    const files = await released();
    const { written, says, refused } = await freeze([widened], files);
    expect(refused).toEqual([]);
    expect(says).toEqual([
      `${TYPE} gained data.battery: optional, so no new version. A sample with it is added.`,
    ]);
    expect(await freeze([widened], new Map([...files, ...written]))).toMatchObject({ says: [] });
  });

  it('writes nothing where a change is refused', async () => {
    const { written, refused } = await freeze([lock({ battery: z.int() })], await released());
    expect(written.size).toBe(0);
    expect(refused).toEqual([
      `${TYPE}: data.battery is new and required: stored facts lack it. Make intake.lock.observed.v2 with an upcast instead.`,
    ]);
  });

  it('refuses a file that was changed by hand', async () => {
    const files = new Map(await released());
    files.set(FILE, `${files.get(FILE) ?? ''} `);
    expect((await freeze([widened], files)).refused).toEqual([
      `${FILE}: A frozen file was changed by hand. Bring it back; npm run freeze writes it.`,
    ]);
    // Without its schema it would look new, were it not locked.
    files.set(FILE, sample);
    expect((await freeze([widened], files)).refused).toHaveLength(1);
  });

  it('misses a sample, a frozen file and a definition', async () => {
    const files = new Map(await released());
    expect((await freeze([lock()], new Map())).refused).toEqual([expect.stringMatching(/is new/)]);
    expect((await freeze([], files)).refused).toEqual([expect.stringMatching(/never removed/)]);
    files.delete(FILE);
    expect((await freeze([lock()], files)).refused).toEqual([expect.stringMatching(/never rem/)]);
  });
});
