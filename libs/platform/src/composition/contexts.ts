import type { Answering } from '#libs/answering';
import type { Catalog } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import type { Operations, Registers } from '#libs/operations';
import { Module } from '@nestjs/common';

import { token } from '../wiring/token.js';
import { answeringParts, catalogParts, intakeParts, operationsParts } from './context-parts.js';
import type { Process } from './process.js';

/**
 * What a role takes: `@Inject(contexts.intake) private readonly intake: Intake`, after its module imported
 * `IntakeContext`. The registers are there for every role.
 */
export const contexts = {
  registers: token<Registers>('Registers'),
  intake: token<Intake>('Intake'),
  catalog: token<Catalog>('Catalog'),
  operations: token<Operations>('Operations'),
  answering: token<Answering>('Answering'),
} as const;

/**
 * Composes each context once in this process, when the first role asks for it. A context that no role of this
 * process imports is not even loaded.
 */
export class ComposedContexts {
  #intake: Promise<Intake> | undefined;
  #catalog: Promise<Catalog> | undefined;
  #operations: Promise<Operations> | undefined;
  #answering: Promise<Answering> | undefined;

  constructor(
    private readonly process: Process,
    private readonly registers: Registers,
  ) {}

  intake(): Promise<Intake> {
    return (this.#intake ??= this.#composeIntake());
  }

  catalog(): Promise<Catalog> {
    return (this.#catalog ??= this.#composeCatalog());
  }

  operations(): Promise<Operations> {
    return (this.#operations ??= this.#composeOperations());
  }

  answering(): Promise<Answering> {
    return (this.#answering ??= this.#composeAnswering());
  }

  async #composeIntake(): Promise<Intake> {
    const { composeIntake } = await import('#libs/intake');
    return composeIntake(intakeParts(this.process, this.registers));
  }

  async #composeCatalog(): Promise<Catalog> {
    const { composeCatalog } = await import('#libs/catalog');
    return composeCatalog(catalogParts(this.process));
  }

  async #composeOperations(): Promise<Operations> {
    const { composeOperations } = await import('#libs/operations');
    const [intake, catalog] = await Promise.all([this.intake(), this.catalog()]);
    return composeOperations(operationsParts(this.process, this.registers), { intake, catalog });
  }

  async #composeAnswering(): Promise<Answering> {
    const { composeAnswering } = await import('#libs/answering');
    return composeAnswering(answeringParts(this.process, await this.catalog()));
  }
}

const contextProvider = (name: 'intake' | 'catalog' | 'operations' | 'answering') => ({
  provide: contexts[name],
  inject: [ComposedContexts],
  useFactory: (composed: ComposedContexts) => composed[name](),
});

@Module({ providers: [contextProvider('intake')], exports: [contexts.intake] })
export class IntakeContext {}

@Module({ providers: [contextProvider('catalog')], exports: [contexts.catalog] })
export class CatalogContext {}

@Module({ providers: [contextProvider('operations')], exports: [contexts.operations] })
export class OperationsContext {}

@Module({ providers: [contextProvider('answering')], exports: [contexts.answering] })
export class AnsweringContext {}
