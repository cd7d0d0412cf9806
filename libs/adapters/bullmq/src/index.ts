export { bullmqJobQueue, type BullmqJobQueue, type BullmqJobQueueOptions } from './job-queue.js';
