import React from 'react';
import type { Check, Day } from '../schemas';

// Shapes in a square of 16; each state has its own, so that color is never needed to tell them apart.
const SHAPES = {
  passed: 'M6.5 12.6 2 8.1l1.6-1.6 2.9 2.9 6-6L14.1 5z',
  failed:
    'M12.9 4.7 9.6 8l3.3 3.3-1.6 1.6L8 9.6l-3.3 3.3-1.6-1.6L6.4 8 3.1 4.7l1.6-1.6L8 6.4l3.3-3.3z',
  errored: 'M6.9 2h2.2v7H6.9zm0 9h2.2v2.4H6.9z',
  timed_out:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 2a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zm-.8 1.3v3.7l2.7 1.7.8-1.3-2-1.2V4.8z',
  not_reached: 'M3 7h10v2H3z',
  waiting: 'M2 7h2.4v2H2zm4.8 0h2.4v2H6.8zm4.8 0H14v2h-2.4z',
  in_progress:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 2v9a4.5 4.5 0 0 1 0-9z',
  pending:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 2a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z',
  completed: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
  skipped: 'M3 3l5 5-5 5zm5 0 5 5-5 5z',
  forgiven:
    'M8 13.6 2.8 8.3a3.3 3.3 0 0 1 4.7-4.7l.5.5.5-.5a3.3 3.3 0 0 1 4.7 4.7z',
  none: 'M6.8 6.8h2.4v2.4H6.8z'
};

export type MarkName = keyof typeof SHAPES;

/** A small sign; the words beside it say the same. */
export function Mark(props: { name: MarkName }): React.JSX.Element {
  return (
    <svg
      className={`jp-Tutor-mark jp-mod-${props.name}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path d={SHAPES[props.name]} fillRule="evenodd" />
    </svg>
  );
}

export function checkMark(status: Check['status'] | 'waiting'): MarkName {
  return status;
}

export function dayMark(
  day: Pick<Day, 'status' | 'passed'> & Partial<Pick<Day, 'forgiven' | 'late'>>
): MarkName {
  const counts = day.passed && !day.late;
  if (day.forgiven && !counts) {
    return 'forgiven';
  }
  return counts ? 'passed' : (day.status ?? 'none');
}
