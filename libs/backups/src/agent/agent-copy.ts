import type { Clock } from '#libs/kernel';

import type { BackupRun, RunSource } from '../run/backup-run.js';
import { evolveRun } from '../run/evolve-run.js';
import type { RunNote } from '../run/run-events.js';
import type { AgentOrder, AgentStep } from './agent-order.js';

type NotedSource = NonNullable<RunNote['sources']>[number];

/** The run as a server knows it: what it was ordered, and what it found since. Nobody else writes to it. */
export class AgentCopy {
  #run: BackupRun;
  #told: number;
  #sources: readonly NotedSource[] = [];

  constructor(
    private readonly clock: Clock,
    order: AgentOrder,
  ) {
    this.#run = copyOf(order);
    this.#told = this.#run.warnings.length;
  }

  get run(): BackupRun {
    return this.#run;
  }

  note(note: RunNote): void {
    this.#run = evolveRun(this.#run, { type: 'noted', at: this.clock.now(), note }) ?? this.#run;
    this.#sources = [...this.#sources, ...(note.sources ?? [])];
  }

  /** Where a copy lies on this server. It is told with the snapshot, which names these paths. */
  pulled(name: string, paths: readonly string[]): void {
    const at = this.clock.now();
    const note = { sources: [{ name, paths }] };
    this.#run = evolveRun(this.#run, { type: 'noted', at, note }) ?? this.#run;
  }

  /** Everything that was noted since the last step ended. */
  noted(step: AgentStep): RunNote {
    const { drill, warnings } = this.#run;
    const sources = this.#run.sources.flatMap((source) => this.#notedOf(source, step));
    const fresh = warnings.slice(this.#told);
    return {
      ...(sources.length > 0 && { sources }),
      ...(fresh.length > 0 && { warnings: fresh }),
      ...(step === 'drill' && drill && { drill }),
    };
  }

  /** What comes now is of the next step. */
  stepEnded(): void {
    this.#told = this.#run.warnings.length;
    this.#sources = [];
  }

  #notedOf({ name, paths }: RunSource, step: AgentStep): readonly NotedSource[] {
    const notes = this.#sources.filter((note) => note.name === name);
    if (notes.length === 0) return [];
    const noted = notes.reduce((before, note) => ({ ...before, ...note }));
    return [{ ...noted, ...(step === 'save' && paths && { savedPaths: paths }) }];
  }
}

const copyOf = ({ run, now }: AgentOrder): BackupRun => {
  const { id, kind, sources, requestedAt, checkPart, drillOf } = run;
  const wanted = { ...(drillOf !== undefined && { drillOf }) };
  const requested = evolveRun(undefined, {
    ...{ type: 'requested', at: requestedAt, id, kind, by: 'schedule', ...wanted },
  });
  const copy = evolveRun(requested, {
    ...{ type: 'admitted', at: now, admission: 0, sources, worksOn: 'server', ...wanted },
    ...(checkPart !== undefined && { checkPart }),
  });
  // A run that was requested is never nothing.
  return copy as BackupRun;
};
