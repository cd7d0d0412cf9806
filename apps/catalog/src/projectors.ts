import {
  createGenerations,
  LiveGate,
  projectRecords,
  relayFacts,
  type Generations,
} from '#libs/catalog';
import type { Clock } from '#libs/kernel';
import { randomId } from '#libs/kernel';
import {
  Health,
  Metrics,
  Ports,
  runProjector,
  type Log,
  type RunningProjector,
  type Wired,
} from '#libs/platform';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, StoredFact } from '#libs/ports/event-log';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';

/** The projectors of this role: each alone under its lease, wherever in the Swarm it holds it. */
@Injectable()
export class Projectors implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #running: readonly RunningProjector[] = [];
  readonly holder: string;
  readonly live: LiveGate;

  constructor(
    @Inject(Ports.log) private readonly eventLog: EventLog,
    @Inject(Ports.leases) private readonly leases: Leases,
    @Inject(Ports.documents) private readonly documents: Documents,
    @Inject(Ports.clock) clock: Clock,
    @Inject(Ports.appLog) private readonly log: Log,
    @Inject(Health) private readonly health: Health,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(projectRecords) project: Wired<typeof projectRecords>,
    @Inject(createGenerations) generations: Generations,
    @Inject(relayFacts) private readonly relay: Wired<typeof relayFacts>,
  ) {
    this.holder = randomId(clock.now());
    this.live = new LiveGate(generations, (generation) => project({ generation, signals: true }));
  }

  onApplicationBootstrap(): void {
    this.#running = [
      this.#run('catalog', (facts) => this.live.apply(facts)),
      this.#run('relay', (facts) => this.relay(facts)),
    ];
    for (const projector of this.#running)
      this.metrics.watchLag(projector.name, async () =>
        projector.leading
          ? Math.max(0, (await this.eventLog.head()).position - projector.position)
          : 0,
      );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#running.map((projector) => projector.stop()));
  }

  get leading(): boolean {
    return this.#running.some(({ name, leading }) => name === 'catalog' && leading);
  }

  #run(name: string, apply: (facts: readonly StoredFact[]) => Promise<void>): RunningProjector {
    const { eventLog, leases, documents, health, log, holder } = this;
    return runProjector(
      { name, role: 'catalog', apply },
      { eventLog, leases, documents, health, log, holder },
    );
  }
}
