import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** When who started restic dies: with its lock there or its first file, or when it has ended and told nobody. */
export type ResticMoment = 'middle' | 'after';

/** Whose call it is: of any process, or of the server of a run. */
export type ResticCaller = 'anybody' | 'agent';

export interface ResticDeath {
  readonly command: string;
  readonly moment: ResticMoment;
  readonly caller?: ResticCaller;
  /** Who dies: who started it, and others by their number. */
  readonly victims?: readonly ('caller' | number)[];
}

const QUOTE = /'/g;
const quoted = (text: string): string => `'${text.replace(QUOTE, `'\\''`)}'`;

/**
 * A restic of which one call takes the process with it that started it. It works on as an orphan, as after any kill -9. The
 * call is slow enough to be met in the middle; where it is not, the kill comes right after it.
 */
export class DeadlyRestic {
  readonly program: string;
  readonly #order: string;

  constructor(folder: string, restic: string) {
    this.program = join(folder, 'deadly-restic');
    this.#order = join(folder, 'deadly-order');
    writeFileSync(this.program, scriptOf(this.#order, restic), { mode: 0o700 });
  }

  /** The next call of this command; of several deaths, each once the one before was. */
  killAt(...deaths: readonly ResticDeath[]): void {
    const lines = deaths.map(
      ({ command, moment, caller = 'anybody', victims = ['caller'] }) =>
        `${command} ${moment} ${caller} ${victims.join(' ')}\n`,
    );
    writeFileSync(this.#order, lines.join(''));
  }

  calm(): void {
    rmSync(this.#order, { force: true });
  }
}

const scriptOf = (order: string, restic: string): string => `#!/bin/sh
order=${quoted(order)}
restic=${quoted(restic)}
[ -e "$order" ] || exec "$restic" "$@"
read -r command moment caller victims < "$order"
case " $* " in *" $command "*) ;; *) exec "$restic" "$@" ;; esac
[ $caller = anybody ] || grep -q backup-$caller "/proc/$PPID/cmdline" || exec "$restic" "$@"
sed 1d "$order" > "$order.next"
if [ -s "$order.next" ]; then mv "$order.next" "$order"; else rm -f "$order" "$order.next"; fi
target=
before=
for word in "$@"; do
  [ "$before" = --target ] && target=$word
  before=$word
done
begun() {
  case $command in
    restore) [ -n "$(find "$target" -type f 2>/dev/null | head -n 1)" ] ;;
    init) [ -n "$(ls "$RESTIC_REPOSITORY/keys" 2>/dev/null)" ] ;;
    check | snapshots) true ;;
    *) [ -n "$(ls "$RESTIC_REPOSITORY/locks" 2>/dev/null)" ] ;;
  esac
}
"$restic" --limit-upload 100 --limit-download 100 "$@" &
child=$!
while [ $moment = middle ] && kill -0 $child 2>/dev/null && ! begun; do sleep 0.01; done
[ $moment = middle ] || wait $child
for victim in $victims; do
  [ $victim = caller ] && victim=$PPID
  kill -9 $victim
done
wait $child
`;
