import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from './outside.js';

const QUOTE = /'/g;
const quoted = (text: string): string => `'${text.replace(QUOTE, `'\\''`)}'`;

/** A restic that can be held at a command, before it does anything: then a test does what it wants in the middle of a step. */
export class HeldRestic {
  readonly program: string;
  readonly #order: string;
  readonly #reached: string;

  constructor(folder: string, restic: string) {
    this.program = join(folder, 'held-restic');
    this.#order = join(folder, 'hold');
    this.#reached = join(folder, 'reached');
    writeFileSync(this.program, scriptOf(this.#order, this.#reached, restic), { mode: 0o700 });
  }

  /** Every call of this command from now on. */
  hold(command: string): void {
    rmSync(this.#reached, { force: true });
    writeFileSync(this.#order, `${command}\n`);
  }

  async reached(): Promise<void> {
    await until('a call of restic is held', async () => existsSync(this.#reached));
  }

  letGo(): void {
    rmSync(this.#order, { force: true });
  }
}

const scriptOf = (order: string, reached: string, restic: string): string => `#!/bin/sh
order=${quoted(order)}
reached=${quoted(reached)}
restic=${quoted(restic)}
command=
[ -e "$order" ] && read -r command < "$order"
case " $* " in
  *" \${command:-nothing} "*)
    : > "$reached"
    while [ -e "$order" ]; do sleep 0.05; done
    ;;
esac
exec "$restic" "$@"
`;
