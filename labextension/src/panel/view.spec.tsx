import React, { act } from 'react';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DailyDetail, Submission } from '../schemas';
import { INITIAL } from '../state';
import type { ITutorState } from '../state';
import {
  check,
  daily,
  finding,
  progress,
  submission,
  verdict
} from '../testing/samples';
import { panelTools } from '../testing/tools';
import { QUIET } from '../talk';
import { CommandIDs } from '../tokens';
import { TutorView } from './view';

let root: Root;
let host: HTMLElement;
const { tools } = panelTools();
const { execute, dismissNotice } = tools;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.clearAllMocks();
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
});

afterEach(() => {
  act(() => {
    root.unmount();
  });
  host.remove();
  vi.unstubAllGlobals();
});

function show(change: Partial<ITutorState>): void {
  act(() => {
    root.render(
      <TutorView
        state={{ ...INITIAL, ...change }}
        coach={QUIET}
        tools={tools}
      />
    );
  });
}

function showDaily(
  change: Partial<DailyDetail>,
  state: Partial<ITutorState> = {}
): void {
  show({
    today: { phase: 'ready', value: daily(change) },
    progress: { phase: 'ready', value: progress() },
    ...state
  });
}

function showLatest(change: Partial<Submission>): void {
  showDaily({ latest: submission(change) });
}

const text = (selector: string) =>
  host.querySelector(selector)?.textContent ?? '';
const texts = (selector: string) =>
  [...host.querySelectorAll(selector)].map(element => element.textContent);
const button = (label: string) =>
  [...host.querySelectorAll('button')].find(
    element => element.textContent === label
  );
function click(label: string): void {
  act(() => {
    button(label)?.click();
  });
}

describe('without a daily', () => {
  it('says that it loads', () => {
    show({});
    expect(text('[aria-busy=true]')).toContain('Loading the exercise');
  });

  it('says that there is none today, and why', () => {
    show({ today: { phase: 'empty', detail: 'Next one on Monday.' } });
    expect(host.textContent).toContain('No exercise today');
    expect(host.textContent).toContain('Next one on Monday.');
  });

  it('shows a problem with Retry', () => {
    show({ today: { phase: 'problem', detail: 'The disk is full.' } });
    expect(text('[role=alert]')).toContain('The disk is full.');
    click('Retry');
    expect(execute).toHaveBeenCalledWith(CommandIDs.refresh);
  });

  it('shows that the server cannot be reached, with Retry', () => {
    show({ offline: true });
    expect(text('[role=alert]')).toContain('The server cannot be reached');
    expect(host.querySelector('[aria-busy]')).toBeNull();
    click('Retry');
    expect(execute).toHaveBeenCalledWith(CommandIDs.refresh);
  });
});

describe('the card', () => {
  it('tells what the exercise is about', () => {
    showDaily({});
    expect(text('h2')).toBe('Today’s exercise');
    expect(text('h3')).toBe('Two sum');
    expect(host.textContent).toContain('Data structure · Easy · 15 minutes');
    expect(text('[aria-label=Topics]')).toBe('hashing');
    expect(text('details')).toContain('Works in one pass');
  });

  it('offers to open what is not in front, and to submit what is', () => {
    showDaily({});
    click('Open');
    expect(execute).toHaveBeenCalledWith(CommandIDs.open, 'd1');
    const here = { phase: 'ready', value: daily() } as const;
    showDaily({}, { hereId: 'd1', here });
    expect(button('Open')).toBeUndefined();
    click('Submit');
    expect(execute).toHaveBeenCalledWith(CommandIDs.submit, 'd1');
  });

  it('does not submit what was never opened', () => {
    showDaily({ opened: false });
    expect(button('Submit')?.getAttribute('aria-disabled')).toBe('true');
    click('Submit');
    expect(execute).not.toHaveBeenCalled();
  });

  it('tells how many skips are left', () => {
    showDaily({ skips_left: 0 });
    expect(button('Skip (0 left)')?.getAttribute('aria-disabled')).toBe('true');
    showDaily({ skips_left: 1 });
    click('Skip (1 left)');
    expect(execute).toHaveBeenCalledWith(CommandIDs.skip, 'd1');
    click('Complete');
    expect(execute).toHaveBeenCalledWith(CommandIDs.complete, 'd1');
  });

  it.each([
    ['skipped', 'It counts as not done.'],
    ['completed', 'It earns no streak.']
  ] as const)(
    'of an exercise that is %s says what it means',
    (status, said) => {
      showDaily({ status });
      expect(host.textContent).toContain(said);
      expect(button('Complete')).toBeUndefined();
    }
  );

  it('of an earlier exercise leads back to today’s', () => {
    const value = daily({ id: 'old', is_today: false, date: '2026-10-12' });
    showDaily({}, { hereId: 'old', here: { phase: 'ready', value } });
    expect(text('h2')).toBe('Exercise of Mon, Oct 12');
    expect(host.textContent).toContain('Not today’s exercise');
    expect(button('Skip (2 left)')).toBeUndefined();
    click('Go to today’s');
    expect(execute).toHaveBeenCalledWith(CommandIDs.openToday);
  });
});

describe('a submission on its way', () => {
  const run = {
    stage: 'running',
    done: 1,
    total: 3,
    text: 'Running check 2 of 3',
    checks: [check({ name: 'a' })],
    replayed: 1,
    expected: []
  } as const;

  it('shows how far it is, in a bar and in words', () => {
    showDaily({}, { runs: { d1: run } });
    const bar = host.querySelector('[role=progressbar]');
    expect(bar?.getAttribute('aria-valuenow')).toBe('1');
    expect(bar?.getAttribute('aria-valuemax')).toBe('3');
    expect(text('[role=status]')).toBe('Running check 2 of 3');
    expect(texts('.jp-Tutor-checks li')).toEqual([
      'aPassed',
      'Check 2Waiting',
      'Check 3Waiting'
    ]);
    expect(button('Checking…')?.getAttribute('aria-disabled')).toBe('true');
  });

  it('has no number before the first step is known', () => {
    const first = { ...run, stage: 'saving', total: 0, checks: [] } as const;
    showDaily({}, { runs: { d1: { ...first, expected: ['a', 'b'] } } });
    const bar = host.querySelector('[role=progressbar]');
    expect(bar?.hasAttribute('aria-valuenow')).toBe(false);
    expect(text('[role=status]')).toBe('Saving the notebook…');
    expect(texts('.jp-Tutor-checks li')).toEqual(['aWaiting', 'bWaiting']);
  });
});

describe('a verdict', () => {
  it('that passed is celebrated in words, with the streak', () => {
    showLatest({});
    expect(text('[role=status]')).toBe(
      'Well done! The check passed.Your streak: 3 days in a row.'
    );
    expect(host.textContent).toContain('96.7 of 100');
    expect(host.textContent).toContain('Correctness 100 · Style 90');
    expect(host.textContent).not.toContain('Quality');
  });

  it('folds what to improve beyond correctness away, by criterion', () => {
    const criteria = {
      correctness: 100,
      quality: 90,
      efficiency: 60,
      style: 95
    };
    const findings = [
      finding({ criterion: 'efficiency', line: null, message: 'Loop once.' }),
      finding({ message: '<b> `a == b`' })
    ];
    showLatest({ verdict: verdict({ criteria, findings }) });
    const folded = host.querySelector<HTMLDetailsElement>('.jp-Tutor-beyond');
    expect(folded?.open).toBe(false);
    expect(text('.jp-Tutor-beyond summary')).toBe('Beyond correctness (2)');
    expect(texts('.jp-Tutor-beyond h4')).toEqual([
      'Quality: 90 of 100',
      'Efficiency: 60 of 100',
      'Style: 95 of 100'
    ]);
    expect(texts('.jp-Tutor-beyond li')).toEqual([
      'answer: Loop once.',
      'answer, line 3: <b> a == b'
    ]);
    expect(texts('.jp-Tutor-beyond li code')).toContain('a == b');
  });

  it('says nothing beyond correctness where nothing was measured', () => {
    const criteria = {
      correctness: 0,
      quality: null,
      efficiency: null,
      style: null
    };
    showLatest({ verdict: verdict({ criteria }) });
    expect(host.querySelector('.jp-Tutor-beyond')).toBeNull();
  });

  it('that failed gives each check a word, a sign, and its reason line for line', () => {
    const message = 'The same number twice.\ntwo_sum([3, 3], 6) gave `None`.';
    const checks = [
      check({ name: 'a' }),
      check({ name: 'b', status: 'failed', message }),
      check({ name: 'c', status: 'errored', visible: false, message: 'Long.' }),
      check({ name: 'd', status: 'not_reached' })
    ];
    showLatest({ verdict: verdict({ passed: false, checks }) });
    expect(text('[role=status]')).toBe('Not there yet: 1 of 4 checks passed.');
    expect(texts('.jp-Tutor-word')).toEqual([
      'Passed',
      'Failed',
      'Error',
      'Not reached'
    ]);
    expect(host.querySelectorAll('.jp-Tutor-check svg')).toHaveLength(4);
    expect(texts('.jp-Tutor-badge')).toEqual(['hidden']);
    expect(texts('.jp-Tutor-checkName')).toEqual([
      'a',
      'The same number twice.',
      'Long.hidden',
      'd'
    ]);
    expect(text('.jp-Tutor-message pre')).toContain('two_sum([3, 3], 6)');
  });

  it.each([
    ['timed_out', 'Time ran out. 0 of 1 checks passed.'],
    ['killed', 'Your code was stopped. 0 of 1 checks passed.'],
    ['invalid', 'This notebook could not be checked.']
  ] as const)('%s says so, and why', (status, said) => {
    const checks = [check({ status: 'not_reached' })];
    showLatest({
      verdict: verdict({ status, passed: false, checks, message: 'Because.' })
    });
    expect(text('[role=status]')).toBe(said);
    expect(text('.jp-Tutor-message')).toBe('Because.');
  });

  it('without automatic checks claims nothing', () => {
    const manual = ['essay'];
    showLatest({ verdict: verdict({ passed: null, checks: [], manual }) });
    expect(text('[role=status]')).toContain('Submitted.');
    expect(host.textContent).toContain('Graded by a person: essay');
  });

  it('that never came says what to do', () => {
    showLatest({ status: 'failed', verdict: null, problem: 'Try again.' });
    expect(text('[role=status]')).toBe('The check did not finish.');
    expect(text('.jp-Tutor-message')).toBe('Try again.');
  });
});

describe('notices and progress', () => {
  it.each([
    ['save-failed', 'could not be saved'],
    ['replaced', 'was replaced']
  ] as const)('the notice %s can be dismissed', (kind, words) => {
    showDaily({}, { notice: { kind } });
    expect(text('[role=alert]')).toContain(words);
    click('Dismiss');
    expect(dismissNotice).toHaveBeenCalled();
  });

  it('a daily stays in sight while the server is away', () => {
    showDaily({}, { offline: true });
    expect(text('[role=alert]')).toContain('cannot be reached');
    expect(host.textContent).toContain('Two sum');
  });

  it('the figures stand beside their names', () => {
    showDaily({});
    const names = texts('[aria-labelledby=jp-Tutor-progress] dt');
    const values = texts('[aria-labelledby=jp-Tutor-progress] dd');
    expect(names).toEqual(['Streak', 'Longest', 'Completed', 'Level']);
    expect(values).toEqual(['3 days', '9 days', '12', 'Medium']);
  });

  it('each of the last 14 days says what it was', () => {
    showDaily({});
    const days = texts('[aria-label="Last 14 days"] li');
    expect(days).toHaveLength(14);
    expect(days[0]).toBe('Wed, Oct 7: Passed');
    expect(days[13]).toBe('Tue, Oct 20: Skipped');
    expect(text('[aria-current=date]')).toBe('Tue, Oct 20: Skipped');
  });

  it('headings go down one level at a time', () => {
    showLatest({});
    const levels = [...host.querySelectorAll('h1,h2,h3,h4')].map(heading =>
      Number(heading.tagName.slice(1))
    );
    expect(levels[0]).toBe(2);
    levels.slice(1).forEach((level, index) => {
      expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1);
    });
  });
});
