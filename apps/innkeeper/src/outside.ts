import type { KitNote, RecoveryKit } from '#libs/backups';
import type { JsonObject, OperatorRole, Secret } from '#libs/kernel';
import type { PulledModel } from '#libs/adapters/local-embedder';
import type { EvaluationFigures, EvaluationListener } from '#libs/knowledge';
import type { DescribedSetting } from '#libs/platform/local';
import type { SignedRequest } from '#libs/ports/provider';

import type { NamedRepository, OpenedRepository } from './judging/open-repository.js';
import type { Api } from './platform/http-api.js';
import type { NamedBackups, OpenedRestoring } from './restoring/open-restoring.js';
import type { Io } from './terminal/io.js';

/** The bus alone, without a platform. */
export interface OpenedBus {
  readonly missing: () => Promise<readonly string[]>;
  readonly create: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One door of a platform, as its provider sees it. */
export interface ProviderDoor {
  readonly url: string;
  readonly sign: (payload: JsonObject) => Promise<SignedRequest>;
  readonly post: (
    request: SignedRequest,
  ) => Promise<{ readonly status: number; readonly answer: unknown }>;
}

/** A collection that is measured in an index of its own, thrown away when it is closed. */
export interface OpenedEvaluation {
  readonly run: (listener: EvaluationListener) => Promise<EvaluationFigures>;
  readonly close: () => Promise<void>;
}

/** A file that is written line by line. */
export interface WrittenLines {
  /** Resolves when the disk has room again. */
  readonly line: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ModelPull {
  readonly name: string;
  readonly from: string | undefined;
  readonly onProgress: (path: string, done: number, of: number) => Promise<void>;
}

/** Recovery kits, as this machine can make and open them. */
export interface KitDesk {
  /** What stands in the settings and the data directory of this machine, now. */
  readonly ofThisMachine: () => RecoveryKit;
  readonly seal: (kit: RecoveryKit, passphrase: Secret) => Promise<string>;
  readonly open: (file: Uint8Array, passphrase: Secret) => Promise<RecoveryKit>;
  /** Throws where there is such a file. */
  readonly mustBeNew: (path: string) => void;
  /** Readable by its owner alone, and never over a file that is there. */
  readonly writeNew: (path: string, text: string) => Promise<void>;
  /** Notes that a kit was made, for the doctor; `false` where there is no place for it. */
  readonly note: (note: KitNote) => Promise<boolean>;
}

/** Everything a command can reach. Each is made when it is asked for: most commands need one. */
export interface Outside {
  readonly io: Io;
  readonly now: () => number;
  /** `demo`: with the demo company, which fills an empty data directory. */
  readonly start: (roles: string | undefined, demo: boolean) => Promise<void>;
  /** The running platform, or none where nothing says that one runs. */
  readonly running: (to: string | undefined) => Promise<Api | undefined>;
  /** The same, where nothing can be done without it. */
  readonly platform: (to: string | undefined) => Promise<Api>;
  readonly door: (source: string, to: string | undefined) => Promise<ProviderDoor>;
  readonly bus: () => Promise<OpenedBus>;
  readonly settings: () => Promise<readonly DescribedSetting[]>;
  /** For a person by the name that the directory has; else for who works at this machine. */
  readonly token: (role: OperatorRole, subject?: string) => Promise<string>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** All of the standard input. */
  readonly readInput: () => Promise<Uint8Array>;
  readonly writeLines: (path: string) => Promise<WrittenLines>;
  /** Fetches an embedding model into the data directory; `from` is an address or a folder, else the hub is asked. */
  readonly pullModel: (pull: ModelPull) => Promise<PulledModel>;
  /** Any repository of backups, for a judge: no platform is needed, and it is only read. */
  readonly repository: (named: NamedRepository) => Promise<OpenedRepository>;
  readonly evaluation: (folder: string) => Promise<OpenedEvaluation>;
  /** Every file of a folder and of those inside it, by its path from there, in order; what begins with a dot is left out. */
  readonly filesIn: (folder: string) => Promise<readonly string[]>;
  readonly kits: () => Promise<KitDesk>;
  /** Backups to bring back: no platform is needed, and no repository is written to. */
  readonly restoring: (named: NamedBackups) => Promise<OpenedRestoring>;
}
