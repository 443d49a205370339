import type {
  Check,
  DailyDetail,
  Day,
  Progress,
  Speech,
  Verdict
} from '../schemas';
import type { IRun } from '../state';
import type { IRunningWriting, Writing } from '../writing';
import type { ITools } from './tools';

/** A day of the calendar, or a daily. */
type DayLike = Pick<Day, 'status' | 'passed'> &
  Partial<Pick<Day, 'free' | 'forgiven' | 'late'>>;
type Words = Pick<ITools, 'trans' | 'locale'>;

export function kindWord(kind: DailyDetail['kind'], { trans }: Words): string {
  return {
    algorithm: trans.__('Algorithm'),
    'data-structure': trans.__('Data structure'),
    debugging: trans.__('Debugging'),
    practical: trans.__('Practical')
  }[kind];
}

export function levelWord(level: Progress['level'], { trans }: Words): string {
  return {
    easy: trans.__('Easy'),
    medium: trans.__('Medium'),
    hard: trans.__('Hard')
  }[level];
}

/** Also of a day in the calendar, where null means that there was no exercise. */
export function statusWord(
  { status, passed, free, forgiven, late }: DayLike,
  { trans }: Words
): string {
  if (passed && !late) {
    return trans.__('Passed');
  }
  if (forgiven) {
    return trans.__('Missed, and forgiven');
  }
  if (passed) {
    return trans.__('Passed later');
  }
  switch (status) {
    case 'pending':
      return trans.__('Not started');
    case 'in_progress':
      return trans.__('In progress');
    case 'completed':
      return trans.__('Completed without passing');
    case 'skipped':
      return trans.__('Skipped');
    case null:
      return free ? trans.__('Free day') : trans.__('No exercise');
  }
}

export function checkWord(
  status: Check['status'] | 'waiting',
  { trans }: Words
): string {
  return {
    passed: trans.__('Passed'),
    failed: trans.__('Failed'),
    errored: trans.__('Error'),
    timed_out: trans.__('Timed out'),
    not_reached: trans.__('Not reached'),
    waiting: trans.__('Waiting')
  }[status];
}

/**
 * A check's message begins with the author's words for its case where there are any, which only a visible check that
 * did not pass can lack.
 */
export function checkParts(check: Check): { title: string; reason: string } {
  const [first = '', ...rest] = check.message.split('\n');
  const named = !check.visible || check.status === 'passed' || rest.length > 0;
  return named
    ? { title: first, reason: rest.join('\n') }
    : { title: '', reason: first };
}

/** `date` is a local date, like 2026-10-16. */
export function dateWord(date: string, { locale }: Words): string {
  return new Date(`${date}T12:00`).toLocaleDateString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short'
  });
}

export function numberWord(value: number, { locale }: Words): string {
  return value.toLocaleString(locale, { maximumFractionDigits: 1 });
}

export function daysWord(days: number, { trans }: Words): string {
  return trans._n('%1 day', '%1 days', days);
}

/** Who wrote something; empty for the author. */
export function sourceWord(source: Speech['source'], { trans }: Words): string {
  return {
    author: '',
    diagnosis: trans.__('from your code'),
    model: trans.__('language model, may be wrong')
  }[source];
}

export function runSentence(run: IRun, { trans }: Words): string {
  switch (run.stage) {
    case 'saving':
      return trans.__('Saving the notebook…');
    case 'sending':
      return trans.__('Sending your answer…');
    case 'running':
      return run.text || trans.__('Checking your answer…');
  }
}

export function writingSentence(writing: Writing, { trans }: Words): string {
  switch (writing.phase) {
    case 'running':
      return runningSentence(writing, trans);
    case 'written':
      return writing.today
        ? trans.__('Written and proven: it is today’s exercise.')
        : trans.__(
            'Written and proven: it is kept for tomorrow, because today’s exercise is under way or done.'
          );
    case 'cancelled':
      return trans.__(
        'Cancelled: nothing is kept, and today’s exercise stays as it is.'
      );
    case 'lost':
      return trans.__(
        'The connection was lost. The exercise may still be written.'
      );
    case 'refused':
      return (
        writing.problem ||
        trans.__('The server could not be reached. Please try again.')
      );
    case 'failed': {
      const problem = writing.problem || trans.__('Nothing was written.');
      const rest = trans.__('Your exercises come from the curriculum.');
      return `${problem} ${rest}`;
    }
  }
}

function runningSentence(
  writing: IRunningWriting,
  trans: Words['trans']
): string {
  if (writing.cancelling) {
    return trans.__('Cancelling…');
  }
  if (writing.text === '') {
    return trans.__('Asking the language model…');
  }
  return writing.try > 1
    ? trans.__('%1 (try %2 of %3)…', writing.text, writing.try, writing.tries)
    : trans.__('%1…', writing.text);
}

export function verdictSentence(verdict: Verdict, { trans }: Words): string {
  const all = verdict.checks.length;
  const passed = verdict.checks.filter(c => c.status === 'passed').length;
  const share = trans.__('%1 of %2 checks passed.', passed, all);
  switch (verdict.status) {
    case 'graded':
      if (verdict.passed === null) {
        return trans.__('Submitted. No part of it is checked automatically.');
      }
      return verdict.passed
        ? trans._n(
            'Well done! The check passed.',
            'Well done! All %1 checks passed.',
            all
          )
        : trans.__('Not there yet: %1', share);
    case 'timed_out':
      return trans.__('Time ran out. %1', share);
    case 'killed':
      return trans.__('Your code was stopped. %1', share);
    case 'invalid':
      return trans.__('This notebook could not be checked.');
  }
}

export function streakSentence(progress: Progress, { trans }: Words): string {
  return trans._n(
    'Your streak has begun: 1 day.',
    'Your streak: %1 days.',
    progress.current_streak
  );
}
