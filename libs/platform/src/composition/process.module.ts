import type { Registers } from '#libs/operations';
import { Module, type DynamicModule } from '@nestjs/common';

import { provide } from '../wiring/token.js';
import { ComposedContexts, contexts } from './contexts.js';
import { Process } from './process.js';

/** What every role of this process may take: the process itself, the registers, and the contexts it imports. */
@Module({})
export class ProcessModule {
  static of(process: Process, registers: Registers): DynamicModule {
    return {
      module: ProcessModule,
      global: true,
      providers: [
        { provide: Process, useValue: process },
        { provide: ComposedContexts, useValue: new ComposedContexts(process, registers) },
        provide(contexts.registers, registers),
      ],
      exports: [Process, ComposedContexts, contexts.registers],
    };
  }
}
