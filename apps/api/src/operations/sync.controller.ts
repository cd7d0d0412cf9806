import { historyKeyOf, IMPORT, type HistoryRun, type Intake, type SyncSource } from '#libs/intake';
import { fault } from '#libs/kernel';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import { Controller, Inject, Param } from '@nestjs/common';
import { z } from 'zod';

import { iso, isoTime } from '../routes/answers.js';
import { Route, type RouteNote } from '../routes/route.js';

const runShown = z.looseObject({
  pass: z.string(),
  state: z.enum(['asked', 'running', 'stopping', 'stopped', 'done', 'failed']),
  askedAt: isoTime,
  from: isoTime.optional(),
  to: isoTime.optional(),
  finishedAt: isoTime.optional(),
  coveredTo: isoTime.optional(),
  pages: z.int(),
  read: z.int(),
  of: z.int().optional(),
  fresh: z.int(),
  code: z.string().optional(),
});

const sourceShown = z.looseObject({
  source: z.string(),
  toldAt: isoTime,
  lists: z.array(
    z.object({
      list: z.string(),
      entities: z.array(z.string()),
      passes: z.array(z.object({ everyMs: z.int(), reachMs: z.int() })),
      runs: z.array(runShown),
    }),
  ),
  onlyTold: z.array(z.object({ what: z.string(), why: z.string() })),
});

const show: RouteNote = {
  method: 'get',
  path: '/api/sync',
  group: 'Operations',
  does: 'What is read from the providers’ APIs, how far, and how much of it nobody had told us',
  says: 'A run is the first `import` of a list, or one of its passes over the newest part: `0`, `1`, …',
  role: 'viewer',
  answers: z.object({ items: z.array(sourceShown) }),
};

const asking = z.strictObject({ list: z.string().min(1).max(64).optional() }).prefault({});
type AskedSync = z.output<typeof asking>;

const start: RouteNote = {
  method: 'post',
  path: '/api/sync/:source',
  group: 'Operations',
  does: 'Asks for the import of a provider’s whole history, or of one list of it',
  says: 'Asked for again it reads everything again, and tells only what is new. Lists that are being read go on.',
  role: 'operator',
  status: 202,
  body: asking,
  answers: z.object({ started: z.array(z.string()), running: z.array(z.string()) }),
};

const stop: RouteNote = {
  method: 'delete',
  path: '/api/sync/:source',
  group: 'Operations',
  does: 'Stops the import of a provider’s history; what was read stays',
  role: 'operator',
};

/** The providers' histories. The role `provider-sync` does what is asked for here. */
@Controller()
export class SyncController {
  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(show)
  async show() {
    const [sources, runs] = await Promise.all([
      this.intake.syncSources.list(),
      this.intake.history.runs.list(),
    ]);
    return { items: sources.map((source) => shown(source, runs)) };
  }

  @Route(start)
  async start(
    @Param('source') source: string,
    @JsonBody(asking) { list }: AskedSync,
    @Caller() caller: Operator,
  ) {
    const lists = await this.#lists(source, list);
    const asked = await Promise.all(
      lists.map((recipe) => this.intake.history.runs.ask({ source, recipe })),
    );
    this.process.log.info('history.asked', { operator: caller.name, count: lists.length });
    return {
      started: lists.filter((_list, i) => asked[i]),
      running: lists.filter((_list, i) => !asked[i]),
    };
  }

  @Route(stop)
  async stop(@Param('source') source: string): Promise<void> {
    for (const recipe of await this.#lists(source))
      await this.intake.history.stop(historyKeyOf({ source, recipe, pass: IMPORT }));
  }

  async #lists(source: string, only?: string): Promise<readonly string[]> {
    const known = (await this.intake.syncSources.list()).find((one) => one.source === source);
    const names = (known?.recipes ?? []).map(({ name }) => name);
    const wanted = only === undefined ? names : names.filter((name) => name === only);
    if (wanted.length === 0) throw fault('SYNC_SOURCE_UNKNOWN');
    return wanted;
  }
}

const shown = ({ source, recipes, onlyTold, toldAt }: SyncSource, runs: readonly HistoryRun[]) => ({
  source,
  toldAt: iso(toldAt),
  lists: recipes.map(({ name, entities, passes }) => ({
    list: name,
    entities,
    passes,
    runs: runs
      .filter((run) => run.source === source && run.recipe === name)
      .map(shownRun)
      .sort((a, b) => (a.pass < b.pass ? -1 : 1)),
  })),
  onlyTold,
});

const shownRun = ({ pass, state, askedAt, pages, read, fresh, ...run }: HistoryRun) => ({
  ...{ pass, state, askedAt: iso(askedAt), pages, read, fresh },
  ...(run.stretch && { from: iso(run.stretch.from), to: iso(run.stretch.to) }),
  ...(run.of !== undefined && { of: run.of }),
  ...(run.finishedAt !== undefined && { finishedAt: iso(run.finishedAt) }),
  ...(run.coveredTo !== undefined && { coveredTo: iso(run.coveredTo) }),
  ...(run.code !== undefined && { code: run.code }),
});
