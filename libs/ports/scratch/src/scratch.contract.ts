import { describe, expect, it } from '@jest/globals';

import { asFault, type Code } from '#libs/kernel';

import { NOBODYS_SCRATCH, type Scratch } from './scratch.port.js';

export interface ScratchHarness {
  readonly scratch: Scratch;
  /** Another one on the same disk, as another process has it. */
  beside(): Scratch;
  write(path: string, text: string): Promise<void>;
  /** Makes the folder again first, as a program does that stood still. */
  writeLate(folder: string, name: string): Promise<void>;
  /** Names of what lies in a folder; `undefined`: there is no such folder. */
  namesIn(folder: string): Promise<readonly string[] | undefined>;
  dispose(): Promise<void>;
}

/** Where the disk can be made to fail. */
export interface TroubledScratchHarness extends ScratchHarness {
  trouble(what: 'full' | 'denied'): Promise<void>;
}

export type ScratchBehaviour = (harness: ScratchHarness) => Promise<void>;

const codeOf = async (work: Promise<unknown>): Promise<Code | 'none'> =>
  work.then(
    () => 'none' as const,
    (thrown: unknown) => asFault(thrown).code,
  );

const hasEmptyFolders: ScratchBehaviour = async ({ scratch, namesIn, write }) => {
  const folders = await scratch.take('run-1', 1);
  const exported = await folders.exportsOf('innkeeper');
  const proof = await folders.proof('innkeeper');
  expect(exported).not.toBe(proof);
  for (const folder of [exported, proof]) {
    expect(await namesIn(folder)).toEqual([]);
    await write(`${folder}/old`, 'old');
  }
  expect(await folders.exportsOf('innkeeper')).toBe(exported);
  expect(await folders.proof('innkeeper')).toBe(proof);
  for (const folder of [exported, proof]) expect(await namesIn(folder)).toEqual([]);
};

const keepsFoldersApart: ScratchBehaviour = async ({ scratch, namesIn, write }) => {
  const folders = await scratch.take('run-1', 1);
  const first = await folders.exportsOf('innkeeper');
  await write(`${first}/kept`, 'kept');
  const others = [
    await folders.exportsOf('keys'),
    await folders.proof('innkeeper'),
    await folders.proof('keys'),
  ];
  expect(new Set([first, ...others]).size).toBe(4);
  for (const other of others) expect(await namesIn(other)).toEqual([]);
  expect(await namesIn(first)).toEqual(['kept']);
};

const samePathForEachRun: ScratchBehaviour = async ({ scratch }) => {
  const first = await (await scratch.take('run-1', 1)).exportsOf('files');
  await scratch.remove('run-1');
  expect(await (await scratch.take('run-2', 2)).exportsOf('files')).toBe(first);
};

const goesOnWithTheSameRun: ScratchBehaviour = async ({ scratch, beside, namesIn, write }) => {
  const folder = await (await scratch.take('run-1', 1)).exportsOf('files');
  await write(`${folder}/copy`, 'a copy');
  const again = await beside().take('run-1', 2);
  expect(await namesIn(folder)).toEqual(['copy']);
  expect(await again.exportsOf('files')).toBe(folder);
  expect(await namesIn(folder)).toEqual([]);
};

const removesWhatOthersLeft: ScratchBehaviour = async ({ scratch, beside, namesIn, write }) => {
  const folder = await (await scratch.take('run-1', 1)).exportsOf('files');
  await write(`${folder}/copy`, 'a copy');
  await beside().take('run-2', 2);
  expect(await namesIn(folder)).toBeUndefined();
  expect(await scratch.leftovers()).toEqual(['run-2']);
};

const belongsToTheNewestTerm: ScratchBehaviour = async ({ scratch, beside, namesIn, write }) => {
  const late = await scratch.take('run-1', 1);
  const folder = await (await beside().take('run-1', 2)).exportsOf('files');
  await write(`${folder}/copy`, 'a copy');
  expect(await codeOf(late.exportsOf('files'))).toBe('BACKUP_ALREADY_RUNS');
  expect(await codeOf(late.proof('files'))).toBe('BACKUP_ALREADY_RUNS');
  expect(await codeOf(scratch.take('run-1', 1))).toBe('BACKUP_ALREADY_RUNS');
  expect(await codeOf(scratch.take('run-0', 1))).toBe('BACKUP_ALREADY_RUNS');
  expect(await namesIn(folder)).toEqual(['copy']);
  await scratch.remove('run-1');
  expect(await codeOf(late.exportsOf('files'))).toBe('BACKUP_ALREADY_RUNS');
};

const removesItsOwnOnly: ScratchBehaviour = async ({ scratch, beside, namesIn, write }) => {
  expect(await scratch.leftovers()).toEqual([]);
  await scratch.remove('run-1');
  const folder = await (await scratch.take('run-1', 1)).proof('files');
  await write(`${folder}/copy`, 'a copy');
  await scratch.remove('run-2');
  expect(await namesIn(folder)).toEqual(['copy']);
  expect(await beside().leftovers()).toEqual(['run-1']);
  await scratch.remove('run-1');
  await scratch.remove('run-1');
  expect(await namesIn(folder)).toBeUndefined();
  expect(await beside().leftovers()).toEqual([]);
};

const removesWhatCameLate: ScratchBehaviour = async ({ scratch, write, writeLate, namesIn }) => {
  const folder = await (await scratch.take('run-1', 1)).proof('files');
  await write(`${folder}/copy`, 'a copy');
  await scratch.remove(NOBODYS_SCRATCH);
  expect(await namesIn(folder)).toEqual(['copy']);
  await scratch.remove('run-1');
  await writeLate(folder, 'copy');
  expect(await scratch.leftovers()).toEqual([NOBODYS_SCRATCH]);
  await scratch.remove('run-1');
  expect(await scratch.leftovers()).toEqual([NOBODYS_SCRATCH]);
  await scratch.remove(NOBODYS_SCRATCH);
  expect(await scratch.leftovers()).toEqual([]);
  expect(await namesIn(folder)).toBeUndefined();
};

const staysInItsFolder: ScratchBehaviour = async ({ scratch }) => {
  const folders = await scratch.take('run-1', 1);
  for (const name of ['..', '../files', '/etc', 'a/b', '', '.', 'Files', 'a b'])
    for (const folder of [folders.exportsOf, folders.proof])
      expect(await codeOf(folder(name))).toBe('DEFECT_UNKNOWN');
};

const saysHowMuchRoom: ScratchBehaviour = async ({ scratch }) => {
  expect(await scratch.room()).toBeGreaterThan(0);
};

export const scratchBehaviours: Readonly<Record<string, ScratchBehaviour>> = {
  'gives folders that are empty each time they are asked for': hasEmptyFolders,
  'keeps folders of one run apart': keepsFoldersApart,
  'exports to the same path in each run': samePathForEachRun,
  'keeps what is there when the same run is taken on': goesOnWithTheSameRun,
  'removes what another run left when it is taken': removesWhatOthersLeft,
  'gives nothing to those who were overtaken': belongsToTheNewestTerm,
  'removes what is of a run, once or twice, and nothing else': removesItsOwnOnly,
  'finds and removes what was written after its run had been removed': removesWhatCameLate,
  'takes no name that leads elsewhere': staysInItsFolder,
  'says how much room there is before a run is taken': saysHowMuchRoom,
};

const saysWhatIsWrong =
  (what: 'full' | 'denied', code: Code) =>
  async ({ scratch, trouble }: TroubledScratchHarness): Promise<void> => {
    await trouble(what);
    const work = async () => (await scratch.take('run-1', 1)).exportsOf('files');
    expect(await codeOf(work())).toBe(code);
  };

export const scratchTroubles = {
  'says that the disk is full': saysWhatIsWrong('full', 'BACKUP_SCRATCH_FULL'),
  'says that it may not write': saysWhatIsWrong('denied', 'BACKUP_SCRATCH_DENIED'),
} as const;

const suite = <Harness extends ScratchHarness>(
  title: string,
  behaviours: Readonly<Record<string, (harness: Harness) => Promise<void>>>,
  make: () => Promise<Harness>,
): void => {
  describe(title, () => {
    it.each(Object.entries(behaviours))('%s', async (_title, behaviour) => {
      const harness = await make();
      try {
        await behaviour(harness);
      } finally {
        await harness.dispose();
      }
    });
  });
};

export const scratchContract = (adapter: string, make: () => Promise<ScratchHarness>): void =>
  suite(`scratch on ${adapter}`, scratchBehaviours, make);

export const scratchTroubleContract = (
  adapter: string,
  make: () => Promise<TroubledScratchHarness>,
): void => suite(`scratch in trouble on ${adapter}`, scratchTroubles, make);
