import type { Secret } from '#libs/kernel';
import { Module, type DynamicModule } from '@nestjs/common';

import { SigningKey } from '../identity/needs-role.js';
import { Metrics } from '../metrics/metrics.js';
import { provide } from '../wiring/token.js';
import { Health } from './health.js';
import { MetricsOpen, PlatformController } from './platform.controller.js';

export interface PlatformOptions {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly metricsOpen: boolean;
  /** Without one every token is refused. */
  readonly signingKey: Secret | undefined;
}

/** Health, metrics and identity of this process; global, because every role uses them. */
@Module({})
export class PlatformModule {
  static of({ health, metrics, metricsOpen, signingKey }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      controllers: [PlatformController],
      providers: [
        { provide: Health, useValue: health },
        { provide: Metrics, useValue: metrics },
        provide(MetricsOpen, metricsOpen),
        provide(SigningKey, signingKey),
      ],
      exports: [Health, Metrics, SigningKey],
    };
  }
}
