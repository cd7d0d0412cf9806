import {
  CaptureContext,
  CatalogContext,
  Health,
  IndexDeskContext,
  IntakeContext,
  OperationsContext,
} from '#libs/platform';
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';

import { CaptureController } from './capture/capture.controller.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { QuarantineController } from './deliveries/quarantine.controller.js';
import { FactsController } from './facts/facts.controller.js';
import { TraceController } from './facts/trace.controller.js';
import { LinksController } from './links/links.controller.js';
import { NotesController } from './notes/notes.controller.js';
import { DoctorController } from './operations/doctor.controller.js';
import { ErasuresController } from './operations/erasures.controller.js';
import { LogController } from './operations/log.controller.js';
import { RebuildsController } from './operations/rebuilds.controller.js';
import { SettingsController } from './operations/settings.controller.js';
import { SyncController } from './operations/sync.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { RecordContentController } from './pages/record-content.controller.js';
import { RecordsController } from './records/records.controller.js';
import { SourcesController } from './sources/sources.controller.js';

/** What people and other machines ask: `/api`, the start page, and what can be asked. */
@Module({
  imports: [IntakeContext, CaptureContext, CatalogContext, IndexDeskContext, OperationsContext],
  controllers: [
    RecordsController,
    LinksController,
    NotesController,
    DeliveriesController,
    QuarantineController,
    FactsController,
    TraceController,
    DeadLettersController,
    DoctorController,
    LogController,
    ErasuresController,
    RebuildsController,
    SyncController,
    CaptureController,
    SourcesController,
    SettingsController,
    PagesController,
    RecordContentController,
  ],
})
export class ApiModule implements OnApplicationBootstrap {
  constructor(@Inject(Health) private readonly health: Health) {}

  onApplicationBootstrap(): void {
    this.health.role('api', 'answers', true);
  }
}
