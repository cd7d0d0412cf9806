export { aircall } from './aircall.js';
export { AIRCALL_LIMITS, aircallApi, aircallWait } from './api/aircall-api.js';
export type { AircallApiOptions } from './api/client.js';
