import type { JobKind } from '#libs/contracts';
import type { Fault } from '#libs/kernel';
import type { JobRun, NewJob, Schedule } from '#libs/ports/job-queue';
import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** A run that is not over says so: it goes on after a while, and uses no attempt. Nothing: it is done. */
export type JobEnd = { readonly goOnAfterMs: number } | void;

/** What has to run now and what runs by the clock, as documents and settings have it. */
export interface Wanted {
  readonly jobs?: readonly NewJob[];
  readonly schedules?: readonly Schedule[];
}

/**
 * A job: delayed, cancellable, with progress, one at a time of each key. It throws faults and decides nothing
 * about them; it may run again at any time, and fences or leases what must not happen twice.
 */
export interface Job {
  /**
   * Asked at the start and each minute, so that a queue that lost everything is filled again. What is told here
   * too often runs once.
   */
  wanted(): Promise<Wanted>;

  run(run: JobRun): Promise<JobEnd>;

  /** The attempts of a key are used up, or its fault is for good: the owner says when it is wanted again. */
  gaveUp?(run: JobRun, fault: Fault): Promise<void>;
}

export const JOB_KIND = 'innkeeper:job-kind';

/** Makes a provider class the one job of a kind. */
export const JobOf = (kind: JobKind): CustomDecorator => SetMetadata(JOB_KIND, kind);
