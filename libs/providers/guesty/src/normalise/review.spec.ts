import { describe, expect, it } from '@jest/globals';

import { utf8 } from '#libs/kernel';

import { normaliseAnswer } from './normalise-answer.js';

const ID = '68000000000000000000c001';

const answered = (review: object, headers: Record<string, string> = {}) => {
  const said = normaliseAnswer({
    account: 'main',
    headers: {
      'innkeeper-entity': 'review',
      'innkeeper-id': ID,
      'innkeeper-asked-at': '9',
      ...headers,
    },
    body: utf8(JSON.stringify({ _id: ID, ...review })),
    receivedAt: 0,
  });
  if (!said.understood || !('observations' in said)) throw new Error('not understood');
  const [first] = said.observations;
  if (!first) throw new Error('nothing observed');
  return first;
};

describe('a review', () => {
  it('of Airbnb is read with its categories and what is for the host alone', () => {
    const { data, personal } = answered({
      channelId: 'airbnb2',
      rawReview: {
        overall_rating: 4.5,
        reviewer_role: 'guest',
        hidden: false,
        public_review: 'Lovely.',
        private_feedback: 'The shower drips.',
        category_ratings: [
          { category: 'cleanliness', rating: 5 },
          { category: 'location', rating: null },
        ],
      },
    });
    expect(data).toMatchObject({
      by: 'guest',
      channel: 'airbnb',
      hidden: false,
      rating: { hundredths: 450, of: 5 },
      ratings: [{ hundredths: 500, name: 'cleanliness', of: 5 }],
    });
    expect(personal).toEqual({ privateText: 'The shower drips.', publicText: 'Lovely.' });
  });

  it('of Booking.com is out of ten, with what was good and what was not', () => {
    const { data, personal } = answered({
      channelId: 'bookingCom',
      rawReview: {
        reviewer: { name: 'Maya' },
        content: {
          headline: 'By the water',
          positive: 'The view',
          negative: '',
          language_code: 'en',
        },
        scoring: { review_score: 9.2, clean: 10, staff: '7.5', wifi: null },
      },
    });
    expect(data).toMatchObject({
      channel: 'booking.com',
      language: 'en',
      rating: { hundredths: 920, of: 10 },
      ratings: [
        { hundredths: 1000, name: 'clean', of: 10 },
        { hundredths: 750, name: 'staff', of: 10 },
      ],
    });
    expect(personal).toEqual({ authorName: 'Maya', positive: 'The view', title: 'By the water' });
  });

  it('of Vrbo has its stars in a list and its texts in their language', () => {
    const { data, personal } = answered({
      channelId: 'homeaway2',
      rawReview: {
        title: { locale: 'en', value: 'Quiet' },
        body: { value: 'We slept well.' },
        starRatings: [
          { category: 'OVERALL', value: 4 },
          { category: 'LOCATION', value: 3 },
        ],
      },
    });
    expect(data).toMatchObject({
      channel: 'vrbo',
      rating: { hundredths: 400, of: 5 },
      ratings: [{ hundredths: 300, name: 'location', of: 5 }],
    });
    expect(personal).toEqual({ publicText: 'We slept well.', title: 'Quiet' });
  });

  it.each([
    ['airbnb2', 0],
    ['airbnb2', 5.5],
    ['airbnb2', -1],
    ['airbnb2', 'great'],
    ['bookingCom', 11],
  ])('of %s has no rating of %j', (channelId, overall_rating) => {
    expect(answered({ channelId, rawReview: { overall_rating } }).data).not.toHaveProperty(
      'rating',
    );
  });

  it('of a channel nobody knows has a rating without a scale', () => {
    expect(answered({ channelId: 'tiktok', rawReview: { rating: 8 } }).data).toMatchObject({
      rating: { hundredths: 800 },
    });
  });

  it('is as old as the newest thing in it, an answer to it too', () => {
    const createdAt = '2026-09-20T10:00:00.000Z';
    const replyAt = '2026-09-21T09:00:00.000Z';
    const reviewReplies = [{ _id: '68000000000000000000c0f1', replyAt, status: 'PENDING' }];
    expect(answered({ createdAt }).occurredAt).toBe(Date.parse(createdAt));
    expect(answered({ createdAt, reviewReplies }).occurredAt).toBe(Date.parse(replyAt));
    expect(answered({}).occurredAt).toBe(9);
  });

  it('that the API has no more is gone', () => {
    expect(answered({}, { 'innkeeper-gone': 'true' })).toMatchObject({
      data: { deleted: true, review: `guesty.main.${ID}` },
    });
  });
});
