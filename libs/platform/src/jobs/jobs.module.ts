import type { JobKind } from '#libs/contracts';
import { asFault, fault, kindRules } from '#libs/kernel';
import type { JobQueue, NewJob } from '#libs/ports/job-queue';
import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, Reflector } from '@nestjs/core';

import { provide, token } from '../wiring/token.js';
import { JOB_KIND, type Job } from './job.js';
import { JobRunner, type JobRunnerParts } from './job-runner.js';

export interface JobsOptions extends Omit<JobRunnerParts, 'queue'> {
  readonly queue: JobQueue | undefined;
  /** Those of the roles of this process. */
  readonly kinds: readonly JobKind[];
}

const Options = token<JobsOptions>('JobsOptions');

/** Works the jobs of this process: each kind of its roles has exactly one handler, and each handler its kind. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  #runners: readonly JobRunner[] = [];

  constructor(
    @Inject(Options) private readonly options: JobsOptions,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const found = this.#found();
    this.#check(found.map(([kind]) => kind));
    const { queue, ...parts } = this.options;
    if (!queue) return;
    this.#runners = found.map(([kind, job]) => new JobRunner(kind, job, { ...parts, queue }));
    await Promise.all(this.#runners.map((runner) => runner.start()));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.close()));
  }

  /** Wakes what its owner has noted already; a queue that is away learns of it within a minute. */
  async wake(kind: JobKind, jobs: readonly NewJob[]): Promise<void> {
    try {
      if (jobs.length > 0) await this.options.queue?.enqueue(kind, jobs);
    } catch (thrown) {
      const error = asFault(thrown);
      this.options.log[kindRules[error.kind].level]('job.not_woken', { job: kind.name, error });
    }
  }

  /** Those of the keys that neither wait nor run. */
  async asleep(kind: JobKind, keys: readonly string[]): Promise<readonly string[]> {
    const states = (await this.options.queue?.look(kind, keys)) ?? [];
    return keys.filter((_key, i) => states[i] === undefined);
  }

  async cancel(kind: JobKind, key: string): Promise<void> {
    await this.options.queue?.cancel(kind, key);
  }

  #found(): (readonly [JobKind, Job])[] {
    return this.discovery.getProviders().flatMap(({ metatype, instance }) => {
      const kind =
        typeof metatype === 'function'
          ? this.reflector.get<JobKind | undefined>(JOB_KIND, metatype)
          : undefined;
      return kind ? [[kind, instance as Job] as const] : [];
    });
  }

  #check(found: readonly JobKind[]): void {
    const expected = new Set(this.options.kinds.map(({ name }) => name));
    const names = found.map(({ name }) => name);
    const wrong = [
      ...[...expected].filter((name) => !names.includes(name)),
      ...names.filter((name, i) => !expected.has(name) || names.indexOf(name) !== i),
    ];
    if (this.options.kinds.length > 0 && !this.options.queue) wrong.push('no queue');
    if (wrong.length > 0)
      throw fault('PLATFORM_JOBS_WRONG', { details: { kinds: wrong.join(' ') } });
  }
}

@Module({})
export class JobsModule {
  static of(options: JobsOptions): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [provide(Options, options), Jobs],
      exports: [Jobs],
    };
  }
}
