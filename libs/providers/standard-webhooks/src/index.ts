export { chosenFields, type ChosenFields } from './chosen-fields.js';
export { SECRET_FORM, standardWebhooks } from './standard-webhooks.js';
