export { GUESTY_LIMITS, guestyApi, type GuestyApiOptions } from './api/guesty-api.js';
export { guesty } from './guesty.js';
