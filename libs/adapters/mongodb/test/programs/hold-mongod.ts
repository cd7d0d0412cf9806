import { startScratchMongod } from '#libs/adapters/mongodb';

/** usage: PROGRAM FOLDER ; starts a server, says that it runs, and does nothing more. */
const [program = '', folder = ''] = process.argv.slice(2);
const server = await startScratchMongod({
  program,
  folder,
  signal: new AbortController().signal,
});
process.stdout.write(`${server?.version}\n`);
setInterval(() => undefined, 60_000);
