import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { WebhookIngestModule } from '#apps/webhook-ingest';
import { readSettings, runProcess, silentLog } from '#libs/platform';

export interface SwarmDoor {
  readonly url: string;
  stop(): Promise<void>;
}

/** The door as a role of its own, on embedded parts. */
export const startSwarmDoor = async (env: Record<string, string>): Promise<SwarmDoor> => {
  const directory = mkdtempSync(join(tmpdir(), 'innkeeper-door-'));
  const settings = readSettings(
    {
      INNKEEPER_DATA_DIR: directory,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'webhook-ingest',
      INNKEEPER_CANARY_SECONDS: '0',
      ...env,
    },
    () => '',
  );
  const running = await runProcess({ 'webhook-ingest': WebhookIngestModule }, settings, silentLog);
  return {
    url: running.url,
    async stop() {
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
