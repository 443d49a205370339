import { describe, expect, it } from 'vitest';
import { askedOf, changeOf, draftOf, firstDrafts } from './answers';
import { QUESTIONS, known, profile } from './testing/learner';

describe('an answer', () => {
  it.each([
    ['words', ' pandas,, a course ;sport', ['pandas', 'a course', 'sport']],
    ['words', ' ', []],
    ['number', ' 30 ', 30],
    ['number', 'half an hour', null],
    ['number', '', null],
    ['yes-no', 'yes', true],
    ['yes-no', 'no', false],
    ['choice', 'beginner', 'beginner'],
    ['zone', ' Asia/Tokyo ', 'Asia/Tokyo']
  ] as const)('of the kind %s: “%s” means %o', (kind, draft, value) => {
    expect(changeOf('field', kind, draft)).toEqual({ field: value });
  });

  it.each([
    ['goals', 'pandas, a course'],
    ['minutes', '20'],
    ['placement', 'no'],
    ['adapt', 'yes'],
    ['level', ''],
    ['time_zone', 'UTC'],
    ['unknown', '']
  ])('for %s is shown as “%s”', (name, draft) => {
    const own = profile({ goals: ['pandas', 'a course'] });
    expect(draftOf(own, name)).toBe(draft);
  });
});

describe('an interview', () => {
  it('does not ask what has one answer only', () => {
    const names = askedOf(QUESTIONS).map(({ name }) => name);
    expect(names).toEqual([
      'skill',
      'placement',
      'goals',
      'minutes',
      'time_zone'
    ]);
  });

  it('begins with the profile, and with the browser’s time zone as long as none was chosen', () => {
    const { profile: own, unanswered } = known();
    const zone = 'Europe/Vienna';
    const first = firstDrafts(own, QUESTIONS, unanswered, zone);
    expect(first).toMatchObject({ minutes: '20', time_zone: 'Europe/Vienna' });
    expect(firstDrafts(own, QUESTIONS, [], zone).time_zone).toBe('UTC');
    expect(firstDrafts(own, QUESTIONS, unanswered, '').time_zone).toBe('UTC');
  });
});
