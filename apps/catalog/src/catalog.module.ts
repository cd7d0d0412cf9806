import { CatalogContext, IntakeContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { KeepDeadLettersReactor } from './keep-dead-letters.reactor.js';
import { Projectors } from './projectors.js';
import { Rebuilds } from './rebuilds.js';
import { SendCanariesWhenDueTicker } from './send-canaries-when-due.ticker.js';

/** What follows the log: records, the relay, rebuilds; and what keeps an eye on the whole way. */
@Module({
  imports: [CatalogContext, IntakeContext],
  controllers: [KeepDeadLettersReactor],
  providers: [Projectors, Rebuilds, SendCanariesWhenDueTicker],
})
export class CatalogModule {}
