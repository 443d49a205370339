import React from 'react';
import { describe, expect, it } from 'vitest';
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
import { Stage } from '../testing/stage';
import { panelTools } from '../testing/tools';
import { QUIET } from '../talk';
import { CommandIDs } from '../tokens';
import { TutorView } from './view';

const stage = Stage.forEachTest();
const { tools } = panelTools();
const { execute, dismissNotice } = tools;

function show(change: Partial<ITutorState>): Promise<void> {
  return stage.draw(
    <TutorView state={{ ...INITIAL, ...change }} coach={QUIET} tools={tools} />
  );
}

function showDaily(
  change: Partial<DailyDetail>,
  state: Partial<ITutorState> = {}
): Promise<void> {
  return show({
    today: { phase: 'ready', value: daily(change) },
    progress: { phase: 'ready', value: progress() },
    ...state
  });
}

function showLatest(change: Partial<Submission>): Promise<void> {
  return showDaily({ latest: submission(change) });
}

describe('without a daily', () => {
  it('says that it loads', async () => {
    await show({});
    expect(stage.text('[aria-busy=true]')).toContain('Loading the exercise');
  });

  it('says that there is none today, and why', async () => {
    await show({ today: { phase: 'empty', detail: 'Next one on Monday.' } });
    expect(stage.host.textContent).toContain('No exercise today');
    expect(stage.host.textContent).toContain('Next one on Monday.');
  });

  it('shows a problem with Retry', async () => {
    await show({ today: { phase: 'problem', detail: 'The disk is full.' } });
    expect(stage.text('[role=alert]')).toContain('The disk is full.');
    await stage.click(stage.button('Retry'));
    expect(execute).toHaveBeenCalledWith(CommandIDs.refresh);
  });

  it('shows that the server cannot be reached, with Retry', async () => {
    await show({ offline: true });
    expect(stage.text('[role=alert]')).toContain(
      'The server cannot be reached'
    );
    expect(stage.host.querySelector('[aria-busy]')).toBeNull();
    await stage.click(stage.button('Retry'));
    expect(execute).toHaveBeenCalledWith(CommandIDs.refresh);
  });
});

describe('the card', () => {
  it('tells what the exercise is about', async () => {
    await showDaily({});
    expect(stage.text('h2')).toBe('Today’s exercise');
    expect(stage.text('h3')).toBe('Two sum');
    expect(stage.host.textContent).toContain(
      'Data structure · Easy · 15 minutes'
    );
    expect(stage.text('[aria-label=Topics]')).toBe('hashing');
    expect(stage.text('details')).toContain('Works in one pass');
  });

  it('offers to open what is not in front, and to submit what is', async () => {
    await showDaily({});
    await stage.click(stage.button('Open'));
    expect(execute).toHaveBeenCalledWith(CommandIDs.open, 'd1');
    const here = { phase: 'ready', value: daily() } as const;
    await showDaily({}, { hereId: 'd1', here });
    expect(stage.button('Open')).toBeUndefined();
    await stage.click(stage.button('Submit'));
    expect(execute).toHaveBeenCalledWith(CommandIDs.submit, 'd1');
  });

  it('does not submit what was never opened', async () => {
    await showDaily({ opened: false });
    expect(stage.button('Submit')?.getAttribute('aria-disabled')).toBe('true');
    await stage.click(stage.button('Submit'));
    expect(execute).not.toHaveBeenCalled();
  });

  it('tells how many skips are left', async () => {
    await showDaily({ skips_left: 0 });
    expect(stage.button('Skip (0 left)')?.getAttribute('aria-disabled')).toBe(
      'true'
    );
    await showDaily({ skips_left: 1 });
    await stage.click(stage.button('Skip (1 left)'));
    expect(execute).toHaveBeenCalledWith(CommandIDs.skip, 'd1');
    await stage.click(stage.button('Complete'));
    expect(execute).toHaveBeenCalledWith(CommandIDs.complete, 'd1');
  });

  it.each([
    ['skipped', 'It counts as not done.'],
    ['completed', 'It earns no streak.']
  ] as const)(
    'of an exercise that is %s says what it means',
    async (status, said) => {
      await showDaily({ status });
      expect(stage.host.textContent).toContain(said);
      expect(stage.button('Complete')).toBeUndefined();
    }
  );

  it('of an earlier exercise leads back to today’s', async () => {
    const value = daily({ id: 'old', is_today: false, date: '2026-10-12' });
    await showDaily({}, { hereId: 'old', here: { phase: 'ready', value } });
    expect(stage.text('h2')).toBe('Exercise of Mon, Oct 12');
    expect(stage.host.textContent).toContain('Not today’s exercise');
    expect(stage.button('Skip (2 left)')).toBeUndefined();
    await stage.click(stage.button('Go to today’s'));
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

  it('shows how far it is, in a bar and in words', async () => {
    await showDaily({}, { runs: { d1: run } });
    const bar = stage.host.querySelector('[role=progressbar]');
    expect(bar?.getAttribute('aria-valuenow')).toBe('1');
    expect(bar?.getAttribute('aria-valuemax')).toBe('3');
    expect(stage.text('[role=status]')).toBe('Running check 2 of 3');
    expect(stage.texts('.jp-Tutor-checks li')).toEqual([
      'aPassed',
      'Check 2Waiting',
      'Check 3Waiting'
    ]);
    expect(stage.button('Checking…')?.getAttribute('aria-disabled')).toBe(
      'true'
    );
  });

  it('has no number before the first step is known', async () => {
    const first = { ...run, stage: 'saving', total: 0, checks: [] } as const;
    await showDaily({}, { runs: { d1: { ...first, expected: ['a', 'b'] } } });
    const bar = stage.host.querySelector('[role=progressbar]');
    expect(bar?.hasAttribute('aria-valuenow')).toBe(false);
    expect(stage.text('[role=status]')).toBe('Saving the notebook…');
    expect(stage.texts('.jp-Tutor-checks li')).toEqual([
      'aWaiting',
      'bWaiting'
    ]);
  });
});

describe('a verdict', () => {
  it('that passed is celebrated in words, with the streak', async () => {
    await showLatest({});
    expect(stage.text('[role=status]')).toBe(
      'Well done! The check passed.Your streak: 3 days.'
    );
    expect(stage.host.textContent).toContain('96.7 of 100');
    expect(stage.host.textContent).toContain('Correctness 100 · Style 90');
    expect(stage.host.textContent).not.toContain('Quality');
  });

  it('folds what to improve beyond correctness away, by criterion', async () => {
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
    await showLatest({ verdict: verdict({ criteria, findings }) });
    const folded =
      stage.host.querySelector<HTMLDetailsElement>('.jp-Tutor-beyond');
    expect(folded?.open).toBe(false);
    expect(stage.text('.jp-Tutor-beyond summary')).toBe(
      'Beyond correctness (2)'
    );
    expect(stage.texts('.jp-Tutor-beyond h4')).toEqual([
      'Quality: 90 of 100',
      'Efficiency: 60 of 100',
      'Style: 95 of 100'
    ]);
    expect(stage.texts('.jp-Tutor-beyond li')).toEqual([
      'answer: Loop once.',
      'answer, line 3: <b> a == b'
    ]);
    expect(stage.texts('.jp-Tutor-beyond li code')).toContain('a == b');
  });

  it('says nothing beyond correctness where nothing was measured', async () => {
    const criteria = {
      correctness: 0,
      quality: null,
      efficiency: null,
      style: null
    };
    await showLatest({ verdict: verdict({ criteria }) });
    expect(stage.host.querySelector('.jp-Tutor-beyond')).toBeNull();
  });

  it('that failed gives each check a word, a sign, and its reason line for line', async () => {
    const message = 'The same number twice.\ntwo_sum([3, 3], 6) gave `None`.';
    const checks = [
      check({ name: 'a' }),
      check({ name: 'b', status: 'failed', message }),
      check({ name: 'c', status: 'errored', visible: false, message: 'Long.' }),
      check({ name: 'd', status: 'not_reached' })
    ];
    await showLatest({ verdict: verdict({ passed: false, checks }) });
    expect(stage.text('[role=status]')).toBe(
      'Not there yet: 1 of 4 checks passed.'
    );
    expect(stage.texts('.jp-Tutor-word')).toEqual([
      'Passed',
      'Failed',
      'Error',
      'Not reached'
    ]);
    expect(stage.host.querySelectorAll('.jp-Tutor-check svg')).toHaveLength(4);
    expect(stage.texts('.jp-Tutor-badge')).toEqual(['hidden']);
    expect(stage.texts('.jp-Tutor-checkName')).toEqual([
      'a',
      'The same number twice.',
      'Long.hidden',
      'd'
    ]);
    expect(stage.text('.jp-Tutor-message pre')).toContain('two_sum([3, 3], 6)');
  });

  it.each([
    ['timed_out', 'Time ran out. 0 of 1 checks passed.'],
    ['killed', 'Your code was stopped. 0 of 1 checks passed.'],
    ['invalid', 'This notebook could not be checked.']
  ] as const)('%s says so, and why', async (status, said) => {
    const checks = [check({ status: 'not_reached' })];
    await showLatest({
      verdict: verdict({ status, passed: false, checks, message: 'Because.' })
    });
    expect(stage.text('[role=status]')).toBe(said);
    expect(stage.text('.jp-Tutor-message')).toBe('Because.');
  });

  it('without automatic checks claims nothing', async () => {
    const manual = ['essay'];
    await showLatest({
      verdict: verdict({ passed: null, checks: [], manual })
    });
    expect(stage.text('[role=status]')).toContain('Submitted.');
    expect(stage.host.textContent).toContain('Graded by a person: essay');
  });

  it('that never came says what to do', async () => {
    await showLatest({
      status: 'failed',
      verdict: null,
      problem: 'Try again.'
    });
    expect(stage.text('[role=status]')).toBe('The check did not finish.');
    expect(stage.text('.jp-Tutor-message')).toBe('Try again.');
  });
});

describe('notices and progress', () => {
  it.each([
    ['save-failed', 'could not be saved'],
    ['replaced', 'was replaced']
  ] as const)('the notice %s can be dismissed', async (kind, words) => {
    await showDaily({}, { notice: { kind } });
    expect(stage.text('[role=alert]')).toContain(words);
    await stage.click(stage.button('Dismiss'));
    expect(dismissNotice).toHaveBeenCalled();
  });

  it('a daily stays in sight while the server is away', async () => {
    await showDaily({}, { offline: true });
    expect(stage.text('[role=alert]')).toContain('cannot be reached');
    expect(stage.host.textContent).toContain('Two sum');
  });

  it('the figures stand beside their names', async () => {
    await showDaily({});
    const names = stage.texts('[aria-labelledby=jp-Tutor-progress] dt');
    const values = stage.texts('[aria-labelledby=jp-Tutor-progress] dd');
    expect(names).toEqual(['Streak', 'Longest', 'Completed', 'Level']);
    expect(values).toEqual(['3 days', '9 days', '12', 'Medium']);
  });

  it('each of the last 14 days says what it was', async () => {
    await showDaily({});
    const days = stage.texts('[aria-label="Last 14 days"] li');
    expect(days).toHaveLength(14);
    expect(days[0]).toBe('Wed, Oct 7: Passed');
    expect(days[13]).toBe('Tue, Oct 20: Skipped');
    expect(stage.text('[aria-current=date]')).toBe('Tue, Oct 20: Skipped');
  });

  it('headings go down one level at a time', async () => {
    await showLatest({});
    const levels = [...stage.host.querySelectorAll('h1,h2,h3,h4')].map(
      heading => Number(heading.tagName.slice(1))
    );
    expect(levels[0]).toBe(2);
    levels.slice(1).forEach((level, index) => {
      expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1);
    });
  });
});
