import type { Catalog, ProjectorName } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import {
  contexts,
  Process,
  runProjector,
  type Projector,
  type RunningProjector,
} from '#libs/platform';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';

import { TimeToRecord } from './time-to-record.js';

/** The projectors of this role. In the whole Swarm each runs in one process: the one that holds its lease. */
@Injectable()
export class Projectors implements OnApplicationBootstrap, OnApplicationShutdown {
  #running: readonly RunningProjector[] = [];
  #time: TimeToRecord | undefined;

  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Process) private readonly process: Process,
  ) {}

  onApplicationBootstrap(): void {
    const { live, relay, projectors } = this.catalog;
    const { deliveries, sources } = this.intake;
    const { clock, log, metrics, parts } = this.process;
    const { followed } = parts;
    const time = new TimeToRecord({ deliveries, sources, followed, clock, log, metrics });
    this.#time = time;
    const works: Readonly<Record<ProjectorName, ProjectorWork>> = {
      catalog: {
        begin: (term) => live.begin(term),
        apply: async (facts) => {
          await live.apply(facts);
          void time.written(facts);
        },
      },
      relay: { apply: (facts) => relay(facts) },
    };
    this.#running = projectors.map(({ name, role }) => this.#run({ name, role, ...works[name] }));
  }

  /** After the door and the reactors: a request in work may wait for what the catalog folds. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#running.map((projector) => projector.stop()));
    await this.#time?.settled();
  }

  #run(work: Projector): RunningProjector {
    const { projecting, metrics } = this.process;
    const projector = runProjector(work, projecting);
    metrics.watchLag(work.name, async () => {
      const { position } = await projecting.eventLog.head();
      return projector.leading ? Math.max(0, position - projector.position) : 0;
    });
    return projector;
  }
}

type ProjectorWork = Omit<Projector, 'name' | 'role'>;
