import { LiveGate, relayFacts } from '#libs/catalog';
import {
  Metrics,
  ProjectorsNeed,
  runProjector,
  type ProjectorParts,
  type RunningProjector,
  type Wired,
} from '#libs/platform';
import type { StoredFact } from '#libs/ports/event-log';
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

  constructor(
    @Inject(ProjectorsNeed) private readonly parts: ProjectorParts,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(LiveGate) private readonly live: LiveGate,
    @Inject(relayFacts) private readonly relay: Wired<typeof relayFacts>,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = [
      this.#run('catalog', (facts) => this.live.apply(facts)),
      this.#run('relay', (facts) => this.relay(facts)),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#running.map((projector) => projector.stop()));
  }

  #run(name: string, apply: (facts: readonly StoredFact[]) => Promise<void>): RunningProjector {
    const projector = runProjector({ name, role: 'catalog', apply }, this.parts);
    this.metrics.watchLag(name, async () => {
      const { position } = await this.parts.eventLog.head();
      return projector.leading ? Math.max(0, position - projector.position) : 0;
    });
    return projector;
  }
}
