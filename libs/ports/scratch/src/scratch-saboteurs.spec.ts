import { describe, expect, it } from '@jest/globals';

import { scratchForgettingItsRun, scratchKeepingFolders, scratchWithoutFence } from '#libs/testing';

import { memoryScratchHarness } from './scratch-in-memory.contract.js';
import { scratchBehaviours, scratchContract, scratchTroubleContract } from './scratch.contract.js';
import type { Scratch } from './scratch.port.js';

scratchContract('memory', async () => memoryScratchHarness());
scratchTroubleContract('memory', async () => memoryScratchHarness());

const rejectedBy = async (sabotage: (inner: Scratch) => Scratch): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(scratchBehaviours)) {
    const honest = memoryScratchHarness();
    const harness = {
      ...honest,
      scratch: sabotage(honest.scratch),
      beside: () => sabotage(honest.beside()),
    };
    await behaviour(harness).catch(() => rejected.push(title));
  }
  return rejected;
};

describe('the suite of scratch', () => {
  it('accepts an honest one', async () => {
    expect(await rejectedBy((inner) => inner)).toEqual([]);
  });

  it('rejects folders that are not emptied', async () => {
    expect(await rejectedBy(scratchKeepingFolders)).toEqual([
      'gives folders that are empty each time they are asked for',
    ]);
  });

  it('rejects one that those may use who were overtaken', async () => {
    expect(await rejectedBy(scratchWithoutFence)).toEqual([
      'gives nothing to those who were overtaken',
    ]);
  });

  it('rejects one that loses the work of a run that is taken on', async () => {
    expect(await rejectedBy(scratchForgettingItsRun)).toEqual([
      'keeps what is there when the same run is taken on',
      'gives nothing to those who were overtaken',
    ]);
  });
});
