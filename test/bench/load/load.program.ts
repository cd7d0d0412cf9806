import { Sender, type Load } from './sender.js';

/** Sends from a process of its own, so that it takes nothing from the door but the machine. */
process.once('message', (load: Load) => {
  void new Sender(load).run().then((sent) => process.send?.(sent, () => process.disconnect()));
});
