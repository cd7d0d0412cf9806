import { MongoDatabase, mongodbEventLog } from '#libs/adapters/mongodb';
import { databaseName, describePeer, LogProcesses, type MongoReplicaSet } from '#libs/testing';
import { eventLogContract, type EventLogHarness, type Log } from '#suites/event-log';

/** Every log is a database of its own on the set of the run; every client a MongoClient of its own. */
const onReplicaSet = (set: MongoReplicaSet): EventLogHarness => {
  const processes = new LogProcesses();
  return {
    make: (clock) => {
      const { url } = set;
      const name = databaseName();
      const open = new Map<Log, MongoDatabase>();
      const closeAll = async (): Promise<void> => {
        await Promise.all([...open.values()].map((database) => database.close()));
        open.clear();
      };
      return Promise.resolve({
        open: () => {
          const database = new MongoDatabase({ url, name });
          const log = mongodbEventLog({ database, clock, wakeMs: 100 });
          open.set(log, database);
          return Promise.resolve(log);
        },
        close: async (log: Log) => open.get(log)?.close(),
        settle: () => Promise.resolve(),
        restart: closeAll,
        process: (work) => processes.start(['mongodb', url, name], work),
        dispose: async () => {
          await closeAll();
          const last = new MongoDatabase({ url, name });
          await last.db.dropDatabase();
          await last.close();
        },
      });
    },
    dispose: () => processes.dispose(),
  };
};

describePeer('mongodb', 'the log on MongoDB', (peer) => {
  eventLogContract('keeps what the port promises', async () => onReplicaSet(await peer.shared()));
});
