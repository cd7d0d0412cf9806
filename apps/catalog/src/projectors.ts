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
  #live: Promise<LiveGate> | undefined;

  constructor(
    @Inject(Ports.log) private readonly eventLog: EventLog,
    @Inject(Ports.leases) private readonly leases: Leases,
    @Inject(Ports.documents) private readonly documents: Documents,
    @Inject(Ports.clock) private readonly clock: Clock,
    @Inject(Ports.appLog) private readonly log: Log,
    @Inject(Health) private readonly health: Health,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(projectRecords) private readonly project: Wired<typeof projectRecords>,
    @Inject(createGenerations) private readonly generations: Generations,
    @Inject(relayFacts) private readonly relay: Wired<typeof relayFacts>,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = [
      this.#run('catalog', async (facts) => (await this.live()).apply(facts)),
      this.#run('relay', (facts) => this.relay(facts)),
    ];
    for (const projector of this.#running)
      this.metrics.gauge(
        `innkeeper_projector_${projector.name}_lag`,
        `How many facts the ${projector.name} is behind the log.`,
        async () =>
          projector.leading
            ? Math.max(0, (await this.eventLog.head()).position - projector.position)
            : 0,
      );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#running.map((projector) => projector.stop()));
  }

  /** The live projection, as this process applies it; a rebuild closes its gate for a moment. */
  live(): Promise<LiveGate> {
    this.#live ??= this.generations
      .live()
      .then((generation) => new LiveGate(this.project({ generation, signals: true })));
    return this.#live;
  }

  get leading(): boolean {
    return this.#running.some(({ name, leading }) => name === 'catalog' && leading);
  }

  #run(name: string, apply: (facts: readonly StoredFact[]) => Promise<void>): RunningProjector {
    const { eventLog, leases, documents, health, log } = this;
    const holder = randomId(this.clock.now());
    return runProjector(
      { name, role: 'catalog', apply },
      { eventLog, leases, documents, health, log, holder },
    );
  }
}
