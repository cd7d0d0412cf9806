import type { Backups } from '#libs/backups';
import { jobs } from '#libs/contracts';
import {
  asFault,
  fault,
  isId,
  kindRules,
  problemOf,
  randomId,
  type Id,
  type Problem,
} from '#libs/kernel';
import {
  CheckedQuery,
  contexts,
  eventStream,
  idempotencyKey,
  JsonBody,
  Jobs,
  Process,
  systemTimers,
  traceOf,
} from '#libs/platform';
import {
  adoptBackups,
  askBackup,
  backupAsked,
  backupsQuery,
  kitNoted,
  listBackups,
  noteBackupKit,
  reapBackupServers,
  showBackup,
  showBackupRetention,
  showBackupState,
  watchBackup,
  type AskedBackup,
  type BackupListed,
  type BackupRetentionAnswer,
  type BackupRunAnswer,
  type BackupsAdoptedAnswer,
  type BackupsQuery,
  type BackupStateAnswer,
  type NotedKit,
  type NotedKitAnswer,
  type ReapedServersAnswer,
} from '#libs/routes';
import {
  Controller,
  Headers,
  HttpStatus,
  Inject,
  Param,
  Req,
  Res,
  StreamableFile,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Route } from '../route.js';
import { shownRetentions, shownState } from './shown-backups.js';
import { shownRun, stateIdOf } from './shown-run.js';
import { WatchedRuns } from './watched-runs.js';

/** Runs of backups, for people and scripts. */
@Controller()
export class BackupsController implements BeforeApplicationShutdown {
  readonly #watched: WatchedRuns;

  constructor(
    @Inject(contexts.backups) private readonly backups: Backups,
    @Inject(Jobs) private readonly queue: Jobs,
    @Inject(Process) private readonly process: Process,
  ) {
    this.#watched = new WatchedRuns({
      show: (id) => backups.show(id),
      sleep: (ms, signal) => systemTimers.sleep(ms, signal),
    });
  }

  /** Before the door closes, which waits for every answer that is still growing. */
  beforeApplicationShutdown(): void {
    this.#watched.close();
  }

  @Route(askBackup)
  async ask(
    @JsonBody(backupAsked) { kind, of }: AskedBackup,
    @Headers('idempotency-key') header: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BackupRunAnswer> {
    const key = idempotencyKey(header) ?? randomId(this.process.clock.now());
    const { run, isNew } = await this.backups.request({
      ...{ kind, key, by: 'operator' },
      ...(of !== undefined && { drillOf: knownId(of) }),
    });
    await this.queue.wake(jobs.workBackup, [{ key: run.id }]);
    if (!isNew) reply.status(HttpStatus.OK);
    return shownRun(run);
  }

  @Route(adoptBackups)
  async adopt(): Promise<BackupsAdoptedAnswer> {
    const { adopted, unnamed } = await this.backups.adopt();
    return { adopted: [...adopted], unnamed: [...unnamed] };
  }

  @Route(listBackups)
  async list(
    @CheckedQuery(backupsQuery) { limit, after }: BackupsQuery,
  ): Promise<{ readonly items: readonly BackupListed[]; readonly next: string | null }> {
    const { items, next } = await this.backups.list({
      limit,
      ...(after !== undefined && { after }),
    });
    return { items: items.map(shownRun), next: next ?? null };
  }

  @Route(showBackupState)
  async state(): Promise<BackupStateAnswer> {
    return shownState(await this.backups.troubles());
  }

  @Route(noteBackupKit)
  async noteKit(@JsonBody(kitNoted) note: NotedKit): Promise<NotedKitAnswer> {
    return { kit: await this.backups.noteKit(note) };
  }

  @Route(reapBackupServers)
  async reap(): Promise<ReapedServersAnswer> {
    const { destroyed, left } = await this.backups.reap();
    return { destroyed: [...destroyed], left: [...left] };
  }

  @Route(showBackupRetention)
  async retention(): Promise<BackupRetentionAnswer> {
    return { items: shownRetentions(await this.backups.retention()) };
  }

  @Route(showBackup)
  async show(@Param('id') id: string): Promise<BackupRunAnswer> {
    return shownRun(await this.backups.show(knownId(id)));
  }

  @Route(watchBackup)
  async watch(
    @Param('id') id: string,
    @Headers('last-event-id') seenBefore: string | undefined,
    @Req() { raw }: FastifyRequest,
  ): Promise<StreamableFile> {
    // Where there is none, it is told before the status has left.
    const run = await this.backups.show(knownId(id));
    const { log } = this.process;
    const problemOf = (thrown: unknown): Problem => this.#problemOf(thrown, traceOf(raw));
    const events = eventStream({ log, problemOf }, async (tell, { gone, room }) => {
      let seen = seenBefore;
      for await (const state of this.#watched.states(run.id, gone)) {
        const data = shownRun(state);
        const now = stateIdOf(data);
        if (data.endedAt !== null) tell({ event: 'answer', id: now, data });
        else if (now !== seen) tell({ event: 'run', id: now, data });
        seen = now;
        await room();
      }
    });
    return new StreamableFile(events, { type: 'text/event-stream; charset=utf-8' });
  }

  /** Its status has left already, so it is told and logged here. */
  #problemOf(thrown: unknown, trace: string): Problem {
    const failed = asFault(thrown);
    const { log } = this.process;
    log[kindRules[failed.kind].level]('backup.not_followed', { trace, error: failed });
    return problemOf(failed, trace);
  }
}

const knownId = (text: string): Id => {
  if (!isId(text)) throw fault('BACKUP_NOT_FOUND');
  return text;
};
