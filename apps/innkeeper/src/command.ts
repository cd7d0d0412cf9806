import type { Command } from 'commander';

import type { ExitCode } from './exit.js';
import type { Outside } from './outside.js';
import type { Api } from './platform/http-api.js';
import type { Io } from './terminal/io.js';

/** What every command can be told. */
export interface Shared {
  readonly json: boolean;
  readonly to: string | undefined;
}

export interface CommandCall extends Shared {
  readonly io: Io;
  readonly outside: Outside;
}

/** With the platform it asks. */
export interface AskedOfPlatform extends CommandCall {
  readonly api: Api;
}

type Rest = readonly unknown[];

/** How commands are bound to commander: their last two arguments are its options and itself. */
export interface Binding {
  readonly local: <A extends Rest>(
    run: (asked: CommandCall, ...args: A) => Promise<ExitCode>,
  ) => (...args: [...A, Command]) => Promise<void>;
  readonly onPlatform: <A extends Rest>(
    run: (asked: AskedOfPlatform, ...args: A) => Promise<ExitCode>,
  ) => (...args: [...A, Command]) => Promise<void>;
}

/** Adds a command to the program. */
export type AddCommand = (program: Command, binding: Binding) => void;
