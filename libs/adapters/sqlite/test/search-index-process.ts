/** Indexes unit after unit and says which were answered, for a spec to kill. usage: search-index-process PATH */
import { sqliteSearchIndex } from '#libs/adapters/sqlite';

const index = await sqliteSearchIndex({ path: process.argv[2] ?? '' });
const terms = { title: [], word: [7], stem: [7], part: [] };
const passage = {
  ...{ id: '00000000-0000-8000-8000-000000000000', path: '/', hash: 'h', language: 'en' },
  ...{ records: [], scope: [], audience: ['all'], terms },
};
for (let i = 0; ; i += 4) {
  const units = [0, 1, 2, 3].map((more) => `call/${i + more}`);
  await Promise.all(
    units.map((unit) =>
      index.replace(1, [
        {
          ...{ unit, kind: 'call', digest: 'd', words: ['seven', `own${unit}`] },
          fence: { generation: 1, era: 1, position: 1 },
          passages: [{ ...passage, records: [unit] }],
        },
      ]),
    ),
  );
  process.stdout.write(`${units.join(' ')}\n`);
}
