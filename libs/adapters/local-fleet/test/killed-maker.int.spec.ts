import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { bundleProgram, removeProgram, RunningProgram } from '#libs/testing';

import { FleetPlace, isAlive, order, until, watch } from './fleet-place.js';

describe('a maker of servers that is killed', () => {
  let maker: string;
  let place: FleetPlace;
  beforeAll(async () => {
    maker = await bundleProgram(new URL('./programs/make-server.ts', import.meta.url));
  });
  afterAll(() => removeProgram(maker));
  beforeEach(() => {
    place = new FleetPlace();
  });
  afterEach(() => place.dispose());

  const kill = async ({ child }: RunningProgram): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };

  it('leaves a server that lives on, and that the next one finds and ends', async () => {
    const { name } = order;
    const running = new RunningProgram(maker, ['made', place.folder, place.program, name]);
    expect(await running.line()).toBe('made');
    await kill(running);
    const found = await place.open().find(name, watch);
    expect(found).toMatchObject({ name, status: 'running' });
    const pid = place.pidOf(name);
    await place.open().destroy(found?.id ?? '', watch);
    expect(isAlive(pid)).toBe(false);
  });

  it('leaves no process where it was not noted yet', async () => {
    const folder = join(place.root, 'gated');
    mkdirSync(folder);
    const running = new RunningProgram(maker, ['gated', folder, place.program]);
    const pid = Number(await running.line());
    expect(isAlive(pid)).toBe(true);
    await kill(running);
    try {
      await until(() => !isAlive(pid));
    } finally {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
    expect(existsSync(join(folder, 'begun'))).toBe(false);
  });
});
