export { chosenFields, type ChosenFields } from './chosen-fields.js';
export {
  followedNotices,
  type FollowedNotices,
  type FollowedNoticesOptions,
} from './followed-notices.js';
export { HMAC_SECRET_FORM, hmacHeader, type HmacSource } from './hmac-header.js';
export { SECRET_FORM, standardWebhooks } from './standard-webhooks.js';
