import { readSettings, runProcess, silentLog, type RunningProcess } from '#libs/platform';
import { expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { CatalogModule } from '../src/catalog.module.js';

const entered = Promise.withResolvers<void>();
const mayAnswer = Promise.withResolvers<void>();

@Controller()
class SlowController {
  @Get('slow')
  async slow() {
    entered.resolve();
    await mayAnswer.promise;
    return {};
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await delay(10);
};

const refuses = (url: string): Promise<boolean> =>
  fetch(url, { headers: { connection: 'close' } }).then(
    () => false,
    () => true,
  );

const isFolding = async ({ parts }: RunningProcess): Promise<boolean> =>
  (await parts.leases.list()).some(({ name }) => name === 'projector/catalog');

it('stops the projectors last: a request in work may wait for what they fold', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'innkeeper-stop-'));
  const environment = {
    INNKEEPER_DATA_DIR: directory,
    INNKEEPER_HTTP_PORT: '0',
    INNKEEPER_ROLES: 'catalog,api',
    INNKEEPER_CANARY_SECONDS: '0',
  };
  const modules = { catalog: CatalogModule, api: SlowModule };
  const settings = readSettings(environment, () => '');
  const running = await runProcess(modules, settings, silentLog);
  await until(() => isFolding(running));
  const answer = fetch(`${running.url}/slow`);
  await entered.promise;

  const stopped = running.stop();
  await until(() => refuses(running.url));
  expect(await isFolding(running)).toBe(true);
  mayAnswer.resolve();
  expect((await answer).status).toBe(200);
  await stopped;
  rmSync(directory, { recursive: true, force: true });
});
