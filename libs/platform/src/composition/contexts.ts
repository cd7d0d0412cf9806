import type { Intake } from '#libs/intake';
import type { Registers } from '#libs/operations';
import { Module } from '@nestjs/common';

import { token } from '../wiring/token.js';
import { intakeParts } from './context-parts.js';
import type { Process } from './process.js';

/** What a role takes: `@Inject(contexts.intake) intake: Intake`, after its module imported `IntakeContext`. */
export const contexts = {
  registers: token<Registers>('Registers'),
  intake: token<Intake>('Intake'),
} as const;

/**
 * Composes each context once in this process, when the first role asks for it. A context that no role of this
 * process imports is not even loaded.
 */
export class ComposedContexts {
  #intake: Promise<Intake> | undefined;

  constructor(
    private readonly process: Process,
    private readonly registers: Registers,
  ) {}

  intake(): Promise<Intake> {
    this.#intake ??= import('#libs/intake').then(({ composeIntake }) =>
      composeIntake(intakeParts(this.process, this.registers)),
    );
    return this.#intake;
  }
}

@Module({
  providers: [
    {
      provide: contexts.intake,
      inject: [ComposedContexts],
      useFactory: (composed: ComposedContexts) => composed.intake(),
    },
  ],
  exports: [contexts.intake],
})
export class IntakeContext {}
