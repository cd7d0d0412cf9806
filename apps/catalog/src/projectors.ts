import { LiveGate, relayFacts } from '#libs/catalog';
import {
  Metrics,
  Ports,
  ProjectorsNeed,
  runProjector,
  type Parts,
  type Projector,
  type ProjectorParts,
  type RunningProjector,
  type Wired,
} from '#libs/platform';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';

import { TimeToRecord } from './time-to-record.js';

/** The projectors of this role: each alone under its lease, wherever in the Swarm it holds it. */
@Injectable()
export class Projectors implements OnApplicationBootstrap, OnApplicationShutdown {
  #running: readonly RunningProjector[] = [];
  #time: TimeToRecord | undefined;

  constructor(
    @Inject(ProjectorsNeed) private readonly parts: ProjectorParts,
    @Inject(Ports.parts) private readonly shared: Parts,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(LiveGate) private readonly live: LiveGate,
    @Inject(relayFacts) private readonly relay: Wired<typeof relayFacts>,
  ) {}

  onApplicationBootstrap(): void {
    const { metrics } = this;
    const time = new TimeToRecord({ ...this.shared, metrics, log: this.parts.log });
    this.#time = time;
    this.#running = [
      this.#run({
        name: 'catalog',
        begin: (term) => this.live.begin(term),
        apply: async (facts) => {
          await this.live.apply(facts);
          void time.written(facts);
        },
      }),
      this.#run({ name: 'relay', apply: (facts) => this.relay(facts) }),
    ];
  }

  /** After the door and the reactors: a request in work may wait for what the catalog folds. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#running.map((projector) => projector.stop()));
    await this.#time?.settled();
  }

  #run(work: Omit<Projector, 'role'>): RunningProjector {
    const projector = runProjector({ ...work, role: 'catalog' }, this.parts);
    this.metrics.watchLag(work.name, async () => {
      const { position } = await this.parts.eventLog.head();
      return projector.leading ? Math.max(0, position - projector.position) : 0;
    });
    return projector;
  }
}
