export { rocketchat } from './rocketchat.js';
