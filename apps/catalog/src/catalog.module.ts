import { CatalogContext, IntakeContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { CarryOutRebuildsWhenAskedTicker } from './carry-out-rebuilds-when-asked.ticker.js';
import { KeepDeadLettersReactor } from './keep-dead-letters.reactor.js';
import { Projectors } from './projectors.js';
import { SendCanariesWhenDueTicker } from './send-canaries-when-due.ticker.js';

/** What follows the log: records, the relay, rebuilds; and what keeps an eye on the whole way. */
@Module({
  imports: [CatalogContext, IntakeContext],
  controllers: [KeepDeadLettersReactor],
  providers: [Projectors, CarryOutRebuildsWhenAskedTicker, SendCanariesWhenDueTicker],
})
export class CatalogModule {}
