import type { JsonObject } from '#libs/kernel';

import type { DemoDelivery } from './demo-delivery.js';
import type { DemoGuest } from './demo-guests.js';
import type { DemoHome } from './demo-home.js';
import { demoId } from './demo-ids.js';
import { ACCOUNT } from './demo-staff.js';
import { arrivalOf, departureOf, type DemoStay } from './demo-stays.js';
import { isoOf, momentAt, type DemoTime } from './demo-time.js';

const door = (at: number, payload: JsonObject): DemoDelivery => ({
  way: 'door',
  source: 'guesty',
  at,
  payload,
});

const channels = { airbnb2: 'airbnb2', bookingCom: 'bookingCom', manual: 'manual' } as const;

export const listingDelivery = (
  home: DemoHome,
  h: number,
  { at, createdAt }: { readonly at: number; readonly createdAt: number },
): DemoDelivery =>
  door(at, {
    event: 'listing.updated',
    listing: {
      _id: demoId('listing', h),
      accountId: ACCOUNT,
      title: home.title,
      nickname: home.nickname,
      type: 'SINGLE',
      active: true,
      isListed: true,
      propertyType: home.propertyType,
      roomType: 'Entire home/apt',
      accommodates: home.guests,
      bedrooms: home.bedrooms,
      bathrooms: home.bathrooms,
      beds: home.beds,
      timezone: home.timeZone,
      defaultCheckInTime: home.checkIn,
      defaultCheckOutTime: home.checkOut,
      address: {
        full: `${home.street}, ${home.zip} ${home.city}, ${home.country}`,
        street: home.street,
        city: home.city,
        zipcode: home.zip,
        country: home.country,
        lat: home.latitude,
        lng: home.longitude,
      },
      prices: {
        basePrice: home.price,
        weekendBasePrice: Math.round(home.price * 1.15),
        currency: home.currency,
        cleaningFee: home.cleaning,
        extraPersonFee: 20,
        guestsIncludedInRegularFee: Math.max(2, home.guests - 2),
        weeklyPriceFactor: 0.9,
        securityDepositFee: home.deposit,
      },
      terms: { minNights: 2, maxNights: 28, cancellation: 'moderate' },
      tags: [...home.tags],
      integrations: [{ platform: 'airbnb2' }, { platform: 'bookingCom' }],
      createdAt: isoOf(createdAt),
      lastUpdatedAt: isoOf(at),
    },
  });

export const guestDelivery = (guest: DemoGuest, at: number): DemoDelivery =>
  door(at, {
    event: 'guest.created',
    guest: {
      _id: guest.id,
      accountId: ACCOUNT,
      firstName: guest.first,
      lastName: guest.last,
      fullName: guest.name,
      email: guest.mail,
      emails: [guest.mail],
      phone: guest.phone,
      phones: [guest.phone],
      hometown: guest.hometown,
      preferredLanguage: guest.language,
      createdAt: isoOf(at),
      lastUpdatedAt: isoOf(at),
    },
  });

/** A booking as it was made, or as its last change left it. */
export const stayDelivery = (
  stay: DemoStay,
  { today }: DemoTime,
  { bookedAt, changedAt }: { readonly bookedAt: number; readonly changedAt: number },
): DemoDelivery => {
  const { guest, home } = stay;
  const first = arrivalOf(stay, today);
  const last = departureOf(stay, today);
  const isNew = bookedAt === changedAt;
  const status = isNew && stay.status === 'canceled' ? 'confirmed' : stay.status;
  return door(changedAt, {
    event: isNew ? 'reservation.new' : 'reservation.updated',
    reservation: {
      _id: stay.id,
      accountId: ACCOUNT,
      listingId: stay.listing,
      guestId: guest.id,
      conversationId: stay.conversation,
      status,
      source: stay.channel,
      confirmationCode: stay.code,
      checkIn: isoOf(momentAt(first, home.checkIn, home.timeZone)),
      checkOut: isoOf(momentAt(last, home.checkOut, home.timeZone)),
      checkInDateLocalized: first,
      checkOutDateLocalized: last,
      ...(stay.arrives !== undefined && { plannedArrival: stay.arrives }),
      nightsCount: stay.to - stay.from,
      guestsCount: stay.people,
      createdAt: isoOf(bookedAt),
      ...(status !== 'inquiry' && { confirmedAt: isoOf(bookedAt + 2_000) }),
      ...(status === 'canceled' && { canceledAt: isoOf(changedAt), canceledBy: 'guest' }),
      lastUpdatedAt: isoOf(changedAt),
      integration: { platform: channels[stay.channel] },
      guest: { _id: guest.id, fullName: guest.name, email: guest.mail, phone: guest.phone },
      listing: {
        _id: stay.listing,
        title: home.title,
        nickname: home.nickname,
        timezone: home.timeZone,
      },
      money: moneyOf(stay, isNew ? 0 : stay.paid),
    },
  });
};

const moneyOf = ({ fare, home, status, total }: DemoStay, paid: number): JsonObject => {
  const due = status === 'canceled' ? 0 : total - paid;
  return {
    currency: home.currency,
    fareAccommodation: fare,
    fareAccommodationAdjusted: fare,
    fareCleaning: home.cleaning,
    subTotalPrice: total,
    hostPayout: total,
    totalTaxes: 0,
    totalPaid: paid,
    totalRefunded: 0,
    balanceDue: due,
    paymentsDue: 0,
    isFullyPaid: due === 0,
    invoiceItems: [
      { title: 'Accommodation fare', amount: fare, normalType: 'AF', isTax: false },
      { title: 'Cleaning fee', amount: home.cleaning, normalType: 'CF', isTax: false },
    ],
  };
};

export interface DemoPost {
  readonly n: number;
  readonly by: 'guest' | 'host';
  readonly text: string;
  readonly at: number;
}

export const postDelivery = (
  stay: DemoStay,
  { today }: DemoTime,
  { at, by, n, text }: DemoPost,
  opened: number,
): DemoDelivery => {
  const { guest, home } = stay;
  return door(at, {
    event: by === 'guest' ? 'reservation.messageReceived' : 'reservation.messageSent',
    reservationId: stay.id,
    message: {
      postId: demoId('post', n),
      body: text,
      createdAt: isoOf(at),
      type: by === 'guest' ? 'fromGuest' : 'fromHost',
      module: stay.channel === 'manual' ? 'email' : stay.channel,
    },
    conversation: {
      _id: stay.conversation,
      accountId: ACCOUNT,
      guestId: guest.id,
      conversationWith: 'Guest',
      isRead: by === 'host',
      language: guest.language,
      status: 'OPEN',
      subject: `${home.nickname}, ${stay.code}`,
      createdAt: isoOf(opened),
      lastModifiedAt: isoOf(at),
      lastUpdatedAt: isoOf(at),
      integration: { platform: stay.channel },
      meta: {
        guestName: guest.name,
        reservations: [
          {
            _id: stay.id,
            listingId: stay.listing,
            checkIn: isoOf(momentAt(arrivalOf(stay, today), home.checkIn, home.timeZone)),
            checkOut: isoOf(momentAt(departureOf(stay, today), home.checkOut, home.timeZone)),
            confirmationCode: stay.code,
          },
        ],
      },
      thread: [],
    },
  });
};

export const paymentDelivery = (
  stay: DemoStay,
  { n, amount, at, failed = false }: { n: number; amount: number; at: number; failed?: boolean },
): DemoDelivery =>
  door(at, {
    event: failed ? 'payments.failed' : 'payments.received',
    payment: {
      accountId: ACCOUNT,
      reservationId: stay.id,
      paymentId: demoId('payment', n),
      amount,
      currency: stay.home.currency,
      confirmationCode: stay.code,
      ...(failed
        ? { failureReason: 'insufficient_funds', updatedAt: isoOf(at) }
        : { paidAt: isoOf(at), brand: 'visa', name: stay.guest.name }),
    },
  });

export interface DemoTask {
  readonly n: number;
  readonly listing: string;
  readonly stay?: DemoStay;
  readonly type: 'cleaning' | 'maintenance' | 'inspection';
  readonly title: string;
  readonly description: string;
  readonly status: 'pending' | 'in_progress' | 'completed';
  readonly priority: 'low' | 'medium' | 'high';
  readonly assignee: string;
  readonly timeZone: string;
  readonly from: number;
  readonly due: number;
  readonly changedAt: number;
}

export const taskDelivery = (task: DemoTask): DemoDelivery =>
  door(task.changedAt, {
    event: task.status === 'pending' ? 'task.created' : 'task.updated',
    task: {
      _id: demoId('task', task.n),
      shortTaskId: `T${2000 + task.n}`,
      accountId: ACCOUNT,
      title: task.title,
      description: task.description,
      status: task.status,
      type: task.type,
      priority: task.priority,
      assigneeId: task.assignee,
      timezone: task.timeZone,
      timing: {
        type: 'flexible',
        canStartAfter: isoOf(task.from),
        mustFinishBefore: isoOf(task.due),
      },
      apply: {
        listingId: task.listing,
        ...(task.stay && { type: 'reservation', reservationId: task.stay.id }),
      },
      checklist: [],
      lastUpdatedAt: isoOf(task.changedAt),
    },
  });

export interface DemoReview {
  readonly n: number;
  readonly stars: number;
  readonly text: string;
  readonly reply?: string;
  readonly at: number;
}

/** No webhook tells a review. */
export const reviewDelivery = (
  stay: DemoStay,
  { at, n, reply, stars, text }: DemoReview,
): DemoDelivery => {
  const id = demoId('review', n);
  return {
    way: 'api',
    source: 'guesty',
    at,
    entity: 'review',
    id,
    payload: {
      _id: id,
      accountId: ACCOUNT,
      channelId: 'airbnb2',
      listingId: stay.listing,
      reservationId: stay.id,
      externalReservationId: stay.code,
      guestId: stay.guest.id,
      createdAt: isoOf(at),
      updatedAt: isoOf(at),
      rawReview: { overall_rating: stars, public_review: text, submitted: true },
      reviewReplies:
        reply === undefined
          ? []
          : [
              {
                _id: demoId('reply', n),
                status: 'COMPLETED',
                reviewReply: reply,
                replyAt: isoOf(at),
              },
            ],
    },
  };
};
