export { guesty } from './guesty.js';
