import type { Examination, Operations } from '#libs/operations';
import { contexts } from '#libs/platform';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';

import { iso, isoTime } from '../routes/answers.js';
import { Route, type RouteNote } from '../routes/route.js';

const doctor: RouteNote = {
  method: 'get',
  path: '/api/doctor',
  group: 'Operations',
  does: 'What needs a person, each with the next thing to do',
  says: 'Lag of every consumer, leases, dead letters, parked and oversize facts, back ends, silent doors, the chain.',
  role: 'viewer',
  answers: z.object({
    well: z.boolean(),
    findings: z.array(
      z.object({ code: z.string(), about: z.string(), says: z.string(), next: z.string() }),
    ),
    head: z.object({ era: z.int(), position: z.int() }).nullable(),
    consumers: z.array(
      z.object({
        name: z.string(),
        position: z.int().optional(),
        behind: z.int().optional(),
        oldestMs: z.int().optional(),
      }),
    ),
    leases: z.array(
      z.object({
        name: z.string(),
        holder: z.string(),
        term: z.int(),
        expiresInMs: z.int(),
      }),
    ),
    doors: z.array(
      z.object({
        source: z.string(),
        lastDelivery: isoTime.nullable(),
        lastCanary: isoTime.nullable(),
      }),
    ),
    backEnds: z.array(z.object({ name: z.string(), answers: z.boolean() })),
  }),
};

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

  @Route(doctor)
  async examine() {
    return shownExamination(await this.operations.examine());
  }
}
