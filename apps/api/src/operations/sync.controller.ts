import { historyKeyOf, IMPORT, type HistoryRun, type Intake, type SyncSource } from '#libs/intake';
import { fault } from '#libs/kernel';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import { importAsked, showSync, startSync, stopSync, type AskedImport } from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { iso } from '../routes/answers.js';
import { Route } from '../routes/route.js';

/** The providers' histories. The role `provider-sync` does what is asked for here. */
@Controller()
export class SyncController {
  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(showSync)
  async show() {
    const [sources, runs] = await Promise.all([
      this.intake.syncSources.list(),
      this.intake.history.runs.list(),
    ]);
    return { items: sources.map((source) => shown(source, runs)) };
  }

  @Route(startSync)
  async start(
    @Param('source') source: string,
    @JsonBody(importAsked) { list }: AskedImport,
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

  @Route(stopSync)
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
