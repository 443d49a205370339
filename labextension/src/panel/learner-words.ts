import type { Refusal } from '../problems';
import type { Badge, InterviewQuestion, Skill } from '../schemas';
import type { ITools } from './tools';
import { numberWord } from './words';

type Words = Pick<ITools, 'trans' | 'locale'>;

/** A topic as it is read: `two-pointers` is two words. */
export function topicWord(topic: string): string {
  return topic.replaceAll('-', ' ');
}

/** A local date without its weekday, as in a sentence. */
export function longDateWord(date: string, { locale }: Words): string {
  return new Date(`${date}T12:00`).toLocaleDateString(locale, {
    day: 'numeric',
    month: 'long'
  });
}

export function refusalSentence(
  refusal: Refusal | null,
  { trans }: Words
): string {
  switch (refusal?.kind) {
    case 'problem':
      return refusal.detail;
    case 'unreachable':
      return trans.__(
        'That did not work: the server could not be reached. Please try again.'
      );
    case undefined:
      return '';
  }
}

/** The short name of a field that the interview asks for in a sentence. */
export function fieldWord(
  { name, text }: InterviewQuestion,
  { trans }: Words
): string {
  const names: Record<string, string> = {
    language: trans.__('Language'),
    skill: trans.__('Experience'),
    placement: trans.__('My first three exercises find my level'),
    goals: trans.__('Goals'),
    interests: trans.__('Interests'),
    style: trans.__('Kind of help'),
    minutes: trans.__('Minutes a day'),
    frequency: trans.__('How often'),
    time_zone: trans.__('Time zone')
  };
  return names[name] ?? text;
}

/** How well a topic is known and when it comes back. */
export function skillSentence(
  skill: Skill,
  today: string,
  words: Words
): string {
  const { trans } = words;
  const [mean, low, high] = [skill.mean, skill.low, skill.high].map(value =>
    numberWord(Math.round(value), words)
  );
  const known = trans.__('%1 %, between %2 and %3', mean, low, high);
  if (skill.due === null) {
    return known;
  }
  const due =
    skill.due <= today
      ? trans.__('due again')
      : trans.__('comes back on %1', longDateWord(skill.due, words));
  return `${known}; ${due}`;
}

export function badgeSentence(badge: Badge, words: Words): string {
  const { trans } = words;
  return badge.earned === null
    ? trans.__(
        '%1 of %2',
        numberWord(badge.have, words),
        numberWord(badge.need, words)
      )
    : trans.__('Earned on %1.', longDateWord(badge.earned, words));
}
