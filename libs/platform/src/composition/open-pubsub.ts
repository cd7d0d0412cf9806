import { allTopics } from '#libs/contracts';
import { pubsubBus } from '#libs/adapters/pubsub';
import { fault } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';

import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';

type PubsubSettings = Extract<Settings['bus'], { kind: 'pubsub' }>;

/** Google Pub/Sub. Topics and subscriptions are made by Terraform or `innkeeper bus create`, not by a start. */
export class OpenPubsub {
  constructor(private readonly opening: Opening) {}

  bus({ project, emulatorHost }: PubsubSettings): Bus {
    const { settings, opened, backEnds } = this.opening;
    const bus = pubsubBus({
      projectId: project,
      environment: settings.process.environment,
      ...(emulatorHost !== undefined && { emulatorHost }),
    });
    const ping = async (): Promise<void> => {
      const missing = await bus.missing(allTopics, []);
      if (missing.length > 0)
        throw fault('BUS_TOPIC_UNKNOWN', { details: { missing: missing.length } });
    };
    backEnds.push({ name: 'pubsub', ping });
    return opened.add(bus, (it) => it.close());
  }
}
