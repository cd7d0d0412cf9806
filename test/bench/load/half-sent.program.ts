import { HalfSentSenders, type HalfSentLoad } from './half-sent.js';

/** Strangers in a process of their own: the first message starts them, the second ends them. */
process.once('message', (load: HalfSentLoad) => {
  const senders = new HalfSentSenders(load);
  senders.start();
  process.once('message', () => process.send?.(senders.stop(), () => process.disconnect()));
});
