import type { Examination, Operations } from '#libs/operations';
import { contexts } from '#libs/platform';
import { showDoctor } from '#libs/routes';
import { Controller, Inject } from '@nestjs/common';

import { iso } from '../routes/answers.js';
import { Route } from '../routes/route.js';

const shownTime = (ms: number | undefined) => (ms === undefined ? null : iso(ms));

const shownExamination = ({ head, doors, leases, ...rest }: Examination) => ({
  ...rest,
  head: head ?? null,
  leases: leases.map((lease) => ({ ...lease, expiresInMs: Math.round(lease.expiresInMs) })),
  doors: doors.map(({ source, lastDelivery, lastCanary }) => ({
    source,
    lastDelivery: shownTime(lastDelivery),
    lastCanary: shownTime(lastCanary),
  })),
});

/** What ails the platform. */
@Controller()
export class DoctorController {
  constructor(@Inject(contexts.operations) private readonly operations: Operations) {}

  @Route(showDoctor)
  async examine() {
    return shownExamination(await this.operations.examine());
  }
}
