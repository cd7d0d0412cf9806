export { rocketchat } from './rocketchat.js';
export { rocketchatWebhook } from './webhook.js';
