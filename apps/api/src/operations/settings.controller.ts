import { allSubscriptions, allTopics } from '#libs/contracts';
import { describeSettings, Process, type DescribedSetting } from '#libs/platform';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';

import { Route, type RouteNote } from '../routes/route.js';

const settings: RouteNote = {
  method: 'get',
  path: '/api/settings',
  group: 'Operations',
  does: 'What is set and from where, secrets as `[secret]`',
  role: 'operator',
  answers: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        value: z.string(),
        origin: z.enum(['environment', 'file', 'default', 'unset']),
      }),
    ),
  }),
};

const missingShown = z.object({ missing: z.array(z.string()) });

const missing: RouteNote = {
  method: 'get',
  path: '/api/bus/missing',
  group: 'Operations',
  does: 'Topics and subscriptions that are declared and not there',
  role: 'operator',
  answers: missingShown,
};

const create: RouteNote = {
  method: 'post',
  path: '/api/bus/create',
  group: 'Operations',
  does: 'Makes what is missing of them; changes nothing that is there',
  says: 'Answers what is missing afterwards.',
  role: 'admin',
  answers: missingShown,
};

/** How this process is set up, and whether the bus is. */
@Controller()
export class SettingsController {
  constructor(@Inject(Process) private readonly process: Process) {}

  @Route(settings)
  settings(): { readonly items: readonly DescribedSetting[] } {
    return { items: describeSettings(this.process.settings) };
  }

  @Route(missing)
  async missing(): Promise<{ readonly missing: readonly string[] }> {
    return { missing: await this.process.parts.bus.missing(allTopics, allSubscriptions) };
  }

  @Route(create)
  async create(): Promise<{ readonly missing: readonly string[] }> {
    await this.process.parts.bus.create(allTopics, allSubscriptions);
    return this.missing();
  }
}
