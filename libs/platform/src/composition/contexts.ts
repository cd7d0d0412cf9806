import type { Answering } from '#libs/answering';
import type { Backups } from '#libs/backups';
import type { Capture } from '#libs/capture';
import type { Catalog } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import type { IndexDesk, Knowledge } from '#libs/knowledge';
import type { Operations, Registers } from '#libs/operations';
import type { Rooms } from '#libs/rooms';
import { fault } from '#libs/kernel';
import { Module } from '@nestjs/common';

import { token } from '../wiring/token.js';
import {
  answeringParts,
  askedUsIn,
  backupsParts,
  captureParts,
  catalogParts,
  indexDeskParts,
  intakeParts,
  knowledgeParts,
  operationsParts,
  roomsParts,
} from './context-parts.js';
import type { Process } from './process.js';

/**
 * What a role takes: `@Inject(contexts.intake) private readonly intake: Intake`, after its module imported
 * `IntakeContext`. The registers are there for every role.
 */
export const contexts = {
  registers: token<Registers>('Registers'),
  intake: token<Intake>('Intake'),
  capture: token<Capture>('Capture'),
  catalog: token<Catalog>('Catalog'),
  /** What is asked of the index and known of it, in a process that has none. */
  indexDesk: token<IndexDesk>('IndexDesk'),
  knowledge: token<Knowledge>('Knowledge'),
  operations: token<Operations>('Operations'),
  answering: token<Answering>('Answering'),
  /** Nothing where we have no account in a chat. */
  rooms: token<Rooms | undefined>('Rooms'),
  backups: token<Backups>('Backups'),
} as const;

/**
 * Composes each context once in this process, when the first role asks for it. A context that no role of this
 * process imports is not even loaded.
 */
export class ComposedContexts {
  #intake: Promise<Intake> | undefined;
  #capture: Promise<Capture> | undefined;
  #catalog: Promise<Catalog> | undefined;
  #indexDesk: Promise<IndexDesk> | undefined;
  #knowledge: Promise<Knowledge> | undefined;
  #operations: Promise<Operations> | undefined;
  #answering: Promise<Answering> | undefined;
  #rooms: Promise<Rooms | undefined> | undefined;
  #backups: Promise<Backups> | undefined;

  constructor(
    private readonly process: Process,
    private readonly registers: Registers,
  ) {}

  intake(): Promise<Intake> {
    return (this.#intake ??= this.#composeIntake());
  }

  capture(): Promise<Capture> {
    return (this.#capture ??= this.#composeCapture());
  }

  catalog(): Promise<Catalog> {
    return (this.#catalog ??= this.#composeCatalog());
  }

  indexDesk(): Promise<IndexDesk> {
    return (this.#indexDesk ??= this.#composeIndexDesk());
  }

  knowledge(): Promise<Knowledge> {
    return (this.#knowledge ??= this.#composeKnowledge());
  }

  operations(): Promise<Operations> {
    return (this.#operations ??= this.#composeOperations());
  }

  answering(): Promise<Answering> {
    return (this.#answering ??= this.#composeAnswering());
  }

  rooms(): Promise<Rooms | undefined> {
    return (this.#rooms ??= this.#composeRooms());
  }

  backups(): Promise<Backups> {
    return (this.#backups ??= this.#composeBackups());
  }

  async #composeIntake(): Promise<Intake> {
    const { composeIntake } = await import('#libs/intake');
    return composeIntake(intakeParts(this.process, this.registers));
  }

  async #composeCapture(): Promise<Capture> {
    const { composeCapture } = await import('#libs/capture');
    const capture = composeCapture(captureParts(this.process));
    this.process.metrics.watchFeeds(capture.feeds, capture.list);
    return capture;
  }

  async #composeCatalog(): Promise<Catalog> {
    const { composeCatalog } = await import('#libs/catalog');
    return composeCatalog(catalogParts(this.process));
  }

  async #composeIndexDesk(): Promise<IndexDesk> {
    const { composeIndexDesk } = await import('#libs/knowledge');
    return composeIndexDesk(indexDeskParts(this.process));
  }

  async #composeKnowledge(): Promise<Knowledge> {
    const { composeKnowledge } = await import('#libs/knowledge');
    const catalog = await this.catalog();
    return composeKnowledge(
      knowledgeParts(this.process, catalog, (records) => this.#askedUs(records)),
    );
  }

  /** Loaded when a search first meets a talk. */
  async #askedUs(records: readonly string[]): Promise<ReadonlySet<string>> {
    const { composeRoomQuestions } = await import('#libs/rooms');
    return askedUsIn(composeRoomQuestions(this.process.parts))(records);
  }

  async #composeOperations(): Promise<Operations> {
    const { composeOperations } = await import('#libs/operations');
    const [intake, capture, catalog, indexDesk] = await Promise.all([
      this.intake(),
      this.capture(),
      this.catalog(),
      this.indexDesk(),
    ]);
    const knowledge = this.process.parts.searchIndex && (await this.knowledge());
    const made = this.process.parts.backups && (await this.backups());
    const backups = made && (() => made.troubles());
    const observed = { intake, capture, catalog, indexDesk, knowledge, backups };
    return composeOperations(operationsParts(this.process, this.registers), observed);
  }

  async #composeAnswering(): Promise<Answering> {
    const { composeAnswering } = await import('#libs/answering');
    const [catalog, intake, knowledge] = await Promise.all([
      this.catalog(),
      this.intake(),
      this.knowledge(),
    ]);
    return composeAnswering(answeringParts(this.process, { catalog, intake, knowledge }));
  }

  async #composeRooms(): Promise<Rooms | undefined> {
    const { chat } = this.process.parts;
    if (!chat) return undefined;
    const { composeRooms } = await import('#libs/rooms');
    const [answering, catalog, intake] = await Promise.all([
      this.answering(),
      this.catalog(),
      this.intake(),
    ]);
    return composeRooms(roomsParts(this.process, { answering, catalog, chat, intake }));
  }

  async #composeBackups(): Promise<Backups> {
    const { backups } = this.process.parts;
    // Only the role that makes backups imports this context, and its process has opened them.
    if (!backups) throw fault('BACKUP_REPOSITORY_MISSING');
    const { backupGauges, composeBackups } = await import('#libs/backups');
    const composed = composeBackups(backupsParts(this.process, backups, await this.intake()));
    this.process.metrics.watchBackups(backupGauges, () => composed.troubles());
    return composed;
  }
}

const contextProvider = (name: Exclude<keyof typeof contexts, 'registers'>) => ({
  provide: contexts[name],
  inject: [ComposedContexts],
  useFactory: (composed: ComposedContexts) => composed[name](),
});

@Module({ providers: [contextProvider('intake')], exports: [contexts.intake] })
export class IntakeContext {}

@Module({ providers: [contextProvider('capture')], exports: [contexts.capture] })
export class CaptureContext {}

@Module({ providers: [contextProvider('catalog')], exports: [contexts.catalog] })
export class CatalogContext {}

@Module({ providers: [contextProvider('indexDesk')], exports: [contexts.indexDesk] })
export class IndexDeskContext {}

@Module({ providers: [contextProvider('knowledge')], exports: [contexts.knowledge] })
export class KnowledgeContext {}

@Module({ providers: [contextProvider('operations')], exports: [contexts.operations] })
export class OperationsContext {}

@Module({ providers: [contextProvider('answering')], exports: [contexts.answering] })
export class AnsweringContext {}

@Module({ providers: [contextProvider('rooms')], exports: [contexts.rooms] })
export class RoomsContext {}

@Module({ providers: [contextProvider('backups')], exports: [contexts.backups] })
export class BackupsContext {}
