import type { Capture, CaptureItem, FeedExamination } from '#libs/capture';
import { Caller, contexts, Process, type Operator } from '#libs/platform';
import { checkFeeds, confirmDeletion, listFeeds, resnapshot } from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { iso } from '../routes/answers.js';
import { Route } from '../routes/route.js';

/** What is followed in databases of others. The role `change-stream-listener` does what is asked for here. */
@Controller()
export class CaptureController {
  constructor(
    @Inject(contexts.capture) private readonly capture: Capture,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(listFeeds)
  async list() {
    return { items: (await this.capture.list()).map(shownFeed) };
  }

  @Route(checkFeeds)
  async check() {
    const items = (await this.capture.examine()).map(shownExamination);
    return { well: items.every(({ well }) => well), items };
  }

  @Route(confirmDeletion)
  async confirm(@Param('name') name: string, @Caller() { name: operator }: Operator) {
    await this.capture.confirm(name);
    this.process.log.info('capture.confirmed', { source: name, operator });
  }

  @Route(resnapshot)
  async resnapshot(@Param('name') name: string, @Caller() { name: operator }: Operator) {
    await this.capture.resnapshot(name);
    this.process.log.info('capture.resnapshot_asked', { source: name, operator });
  }
}

const shownFeed = ({ parked, tokenAt, ...item }: CaptureItem) => ({
  ...item,
  tokenAt: tokenAt === 0 ? null : iso(tokenAt),
  parked: parked.map(({ triedAt, ...document }) => ({ ...document, triedAt: iso(triedAt) })),
});

/** Advice names a risk, and nothing is missing. */
const shownExamination = ({ obstacles, ...examination }: FeedExamination) => ({
  ...examination,
  well: examination.code === undefined && obstacles.every(({ kind }) => kind === 'advice'),
  obstacles,
});
