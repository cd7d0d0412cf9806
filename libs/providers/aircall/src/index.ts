export { aircall } from './aircall.js';
