import { allSubscriptions, allTopics } from '#libs/contracts';
import { describeSettings, Process, type DescribedSetting } from '#libs/platform';
import { createOnBus, listSettings, showMissingOnBus } from '#libs/routes';
import { Controller, Inject } from '@nestjs/common';

import { Route } from '../routes/route.js';

/** How this process is set up, and whether the bus is. */
@Controller()
export class SettingsController {
  constructor(@Inject(Process) private readonly process: Process) {}

  @Route(listSettings)
  settings(): { readonly items: readonly DescribedSetting[] } {
    return { items: describeSettings(this.process.settings) };
  }

  @Route(showMissingOnBus)
  async missing(): Promise<{ readonly missing: readonly string[] }> {
    return { missing: await this.process.parts.bus.missing(allTopics, allSubscriptions) };
  }

  @Route(createOnBus)
  async create(): Promise<{ readonly missing: readonly string[] }> {
    await this.process.parts.bus.create(allTopics, allSubscriptions);
    return this.missing();
  }
}
