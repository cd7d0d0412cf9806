import type { Secret } from '#libs/kernel';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { operatorOf, SigningKey } from '../identity/needs-role.js';
import { Metrics } from '../metrics/metrics.js';
import { token } from '../wiring/token.js';
import { Health, type HealthReport } from './health.js';

export const MetricsOpen = token<boolean>('MetricsOpen');

interface HealthAnswer {
  readonly status: 'ready' | 'not_ready' | 'live';
  readonly roles: readonly unknown[];
  readonly backends: readonly unknown[];
}

const shown = (status: HealthAnswer['status'], { parts }: HealthReport): HealthAnswer => {
  const of = (kind: string) =>
    parts.flatMap(({ kind: own, ...part }) => (own === kind ? [part] : []));
  return { status, roles: of('role'), backends: of('backend') };
};

/** What every process answers, with any roles. */
@Controller()
export class PlatformController {
  constructor(
    @Inject(Health) private readonly health: Health,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(MetricsOpen) private readonly open: boolean,
    @Inject(SigningKey) private readonly key: Secret | undefined,
  ) {}

  /** Live: the process answers. Whether it can work is another question. */
  @Get('health/live')
  live(): HealthAnswer {
    return shown('live', this.health.report());
  }

  @Get('health/ready')
  ready(@Res({ passthrough: true }) reply: FastifyReply): HealthAnswer {
    const report = this.health.report();
    if (!report.ready) void reply.status(503);
    return shown(report.ready ? 'ready' : 'not_ready', report);
  }

  @Get('metrics')
  async text(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (!this.open) await operatorOf(request, this.key);
    void reply.header('content-type', this.metrics.contentType);
    return this.metrics.text();
  }
}
