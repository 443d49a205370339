import type { InterviewQuestion, Profile, ProfileChange } from './schemas';

type Kind = InterviewQuestion['kind'];

export const YES = 'yes';
export const NO = 'no';

/** A value of the profile as it stands in a field. */
export function draftOf(profile: Profile, name: string): string {
  const value = profile[name as keyof Profile] as unknown;
  if (Array.isArray(value)) {
    return value.join(', ');
  }
  if (typeof value === 'boolean') {
    return value ? YES : NO;
  }
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : '';
}

/** The change that a draft means. What is no number is null, which the server refuses with words. */
export function changeOf(
  name: string,
  kind: Kind,
  draft: string
): ProfileChange {
  return { [name]: valueOf(kind, draft) };
}

function valueOf(
  kind: Kind,
  draft: string
): string | string[] | number | boolean | null {
  const text = draft.trim();
  switch (kind) {
    case 'words':
      return wordsOf(text);
    case 'number':
      return /^-?\d+$/.test(text) ? Number(text) : null;
    case 'yes-no':
      return text === YES;
    case 'choice':
    case 'zone':
      return text;
  }
}

/** Words and phrases by commas. */
export function wordsOf(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map(word => word.trim())
    .filter(Boolean);
}

/** The questions of the interview: what has one answer only is not asked. */
export function askedOf(
  questions: readonly InterviewQuestion[]
): InterviewQuestion[] {
  return questions.filter(
    ({ kind, options }) => kind !== 'choice' || options.length > 1
  );
}

/** The drafts that an interview begins with: the profile, and the browser's time zone where none was chosen. */
export function firstDrafts(
  profile: Profile,
  questions: readonly InterviewQuestion[],
  unanswered: readonly string[],
  zone: string
): Record<string, string> {
  const drafts = questions.map(({ name, kind }): [string, string] => {
    const own = draftOf(profile, name);
    const isOpen = kind === 'zone' && unanswered.includes(name);
    return [name, isOpen ? zone || own : own];
  });
  return Object.fromEntries(drafts);
}
