import { composeAnswering } from '#libs/answering';
import { composeCapture } from '#libs/capture';
import { composeCatalog } from '#libs/catalog';
import { composeDoor, composeIntake, type Intake, type Source } from '#libs/intake';
import { composeIndexDesk, composeKnowledge } from '#libs/knowledge';
import { composeOperations, composeRegisters, type Operations } from '#libs/operations';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Inject, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { Health } from '../health/health.js';
import { silentLog } from '../logs/log.js';
import { Metrics } from '../metrics/metrics.js';
import { readSettings } from '../settings/read-settings.js';
import { ComposedContexts, contexts, IntakeContext, OperationsContext } from './contexts.js';
import {
  answeringParts,
  captureParts,
  catalogParts,
  indexDeskParts,
  intakeParts,
  knowledgeParts,
  operationsParts,
  registersParts,
} from './context-parts.js';
import type { Parts } from './parts.js';
import { Process } from './process.js';
import { ProcessModule } from './process.module.js';

let used: string[];

/** Notes every call, and does nothing. */
const watched = (name: string): object =>
  new Proxy({}, { get: (_, method) => () => void used.push(`${name}.${String(method)}`) });

const makeProcess = (): Process => {
  const ports = ['log', 'documents', 'leases', 'bus', 'keys', 'journal', 'packer', 'outbound'];
  const parts = {
    ...Object.fromEntries(ports.map((name) => [name, watched(name)])),
    clock: { now: () => used.push('clock.now') },
    hash: () => void used.push('hash'),
    sources: new Map<string, Source>(),
    apis: new Map(),
    jobQueue: undefined,
    searchIndex: watched('searchIndex'),
    backEnds: [],
    feeds: [],
    tidy: () => void used.push('tidy'),
  } as unknown as Parts;
  const settings = readSettings({}, () => '');
  const health = new Health(() => 0);
  return new Process({ parts, settings, log: silentLog, health, metrics: new Metrics() });
};

describe('contexts', () => {
  let process: Process;
  beforeEach(() => {
    used = [];
    process = makeProcess();
    used = [];
  });

  it('are composed without I/O, without starting anything and without a look at the clock', () => {
    const registers = composeRegisters(registersParts(process));
    const intake = composeIntake(intakeParts(process, registers));
    const capture = composeCapture(captureParts(process));
    const catalog = composeCatalog(catalogParts(process));
    const indexDesk = composeIndexDesk(indexDeskParts(process));
    const knowledge = composeKnowledge(
      knowledgeParts(process, catalog, () => Promise.resolve(new Set())),
    );
    composeOperations(operationsParts(process, registers), { intake, capture, catalog, indexDesk });
    composeAnswering(answeringParts(process, { catalog, intake, knowledge }));
    expect(used).toEqual([]);
  });

  it('are composed once, whoever asks first', async () => {
    const composed = new ComposedContexts(process, composeRegisters(registersParts(process)));
    const all = () =>
      Promise.all([composed.operations(), composed.catalog(), composed.intake()] as const);
    const [[operations, catalog, intake], again] = await Promise.all([all(), all()]);
    expect(again[0]).toBe(operations);
    expect(again[1]).toBe(catalog);
    expect(again[2]).toBe(intake);
  });

  it('reach every role as one object: two roles share one quarantine', async () => {
    class Door {
      constructor(@Inject(contexts.intake) readonly intake: Intake) {}
    }
    class Desk {
      constructor(
        @Inject(contexts.intake) readonly intake: Intake,
        @Inject(contexts.operations) readonly operations: Operations,
      ) {}
    }
    @Module({ imports: [IntakeContext], providers: [Door] })
    class DoorModule {}
    @Module({ imports: [IntakeContext, OperationsContext], providers: [Desk] })
    class DeskModule {}

    const registers = composeRegisters(registersParts(process));
    const imports = [ProcessModule.of(process, registers), DoorModule, DeskModule];
    const ref = await Test.createTestingModule({ imports }).compile();
    const { intake, operations } = ref.get(Desk, { strict: false });
    expect(ref.get(Door, { strict: false }).intake.quarantine).toBe(intake.quarantine);
    expect(operations.deadLetters).toBe(registers.deadLetters);
    await ref.close();
  });

  it('do not compile with a wrong or a missing part', () => {
    const registers = composeRegisters(registersParts(process));
    const { hash, ...hashless } = intakeParts(process, registers);
    // @ts-expect-error the hash is missing
    composeDoor(hashless);
    // @ts-expect-error a clock is no hash
    composeIntake({ ...hashless, hash: process.clock });
    // @ts-expect-error operations observes the catalog too
    const blind = () => composeOperations(operationsParts(process, registers), { intake: {} });
    expect([typeof hash, typeof blind]).toEqual(['function', 'function']);
  });
});
