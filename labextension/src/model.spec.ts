import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TutorModel } from './model';
import { ServerProblem, Unreachable } from './service';
import { canSkip, canSubmit, shownDaily, targetId } from './state';
import type { ITutorState } from './state';
import { check, daily, submission, verdict } from './testing/samples';
import { MemoryService } from './testing/service';

const OFFLINE = new Unreachable('gone');
const screen = () => Promise.resolve({ sources: { c1: 'x' }, saved: true });

let service: MemoryService;
let model: TutorModel;

beforeEach(() => {
  vi.useFakeTimers();
  service = new MemoryService();
  service.dailies.set('old', daily({ id: 'old', is_today: false }));
  model = new TutorModel(service);
});

afterEach(() => {
  model.dispose();
  vi.useRealTimers();
});

/** Every state from here on. */
function history(): ITutorState[] {
  const states: ITutorState[] = [];
  model.changed.connect(() => states.push(model.state));
  return states;
}

describe('loading', () => {
  it('brings today and the progress', async () => {
    expect(model.state.today).toEqual({ phase: 'loading' });
    await model.refresh();
    expect(shownDaily(model.state)?.title).toBe('Two sum');
    expect(model.state.progress.phase).toBe('ready');
  });

  it('is empty when the tutor has no exercise', async () => {
    service.failure = new ServerProblem(404, 'Next one on Monday.', true);
    await model.refresh();
    expect(model.state.today).toEqual({
      phase: 'empty',
      detail: 'Next one on Monday.'
    });
  });

  it('is a problem when the tutor itself is missing', async () => {
    service.failure = new ServerProblem(404, 'No tutor.', false);
    await model.refresh();
    expect(model.state.today.phase).toBe('problem');
  });

  it('tries again, less and less often, until the server is back', async () => {
    service.failure = OFFLINE;
    await model.refresh();
    expect(model.state.offline).toBe(true);
    service.calls = [];
    await vi.advanceTimersByTimeAsync(16_000);
    expect(service.calls.filter(call => call === 'today')).toHaveLength(2);
    service.failure = null;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(model.state.offline).toBe(false);
    expect(shownDaily(model.state)?.id).toBe('d1');
  });

  it('that fails keeps what was shown', async () => {
    await model.refresh();
    service.failure = new ServerProblem(500, 'Broken.', true);
    await model.refresh();
    expect(shownDaily(model.state)?.id).toBe('d1');
    expect(model.state.notice).toEqual({ kind: 'problem', detail: 'Broken.' });
  });

  it('stops when the model is disposed of', async () => {
    service.failure = OFFLINE;
    await model.refresh();
    model.dispose();
    service.calls = [];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(service.calls).toEqual([]);
  });
});

describe('the notebook in front', () => {
  it('decides which daily is shown', async () => {
    await model.refresh();
    await model.setHere('old');
    expect(shownDaily(model.state)?.id).toBe('old');
    expect(targetId(model.state)).toBe('old');
    await model.setHere(null);
    expect(shownDaily(model.state)?.id).toBe('d1');
  });

  it('that is today’s shows at once', async () => {
    await model.refresh();
    const loading = model.setHere('d1');
    expect(shownDaily(model.state)?.id).toBe('d1');
    await loading;
  });

  it('wins over a late answer about another one', async () => {
    const late = model.setHere('old');
    await model.setHere('d1');
    await late;
    expect(shownDaily(model.state)?.id).toBe('d1');
  });
});

describe('submitting', () => {
  beforeEach(async () => {
    await model.refresh();
    service.calls = [];
  });

  it('saves, sends what is on the screen, follows, and loads the streak', async () => {
    await model.submit('d1', screen);
    expect(service.sources).toEqual({ c1: 'x' });
    expect(service.calls).toEqual([
      'submit d1',
      'follow s1',
      'daily d1',
      'progress'
    ]);
  });

  it('shows each check as it comes, and the verdict at once', async () => {
    const states = history();
    const failed = check({ name: 'b', status: 'failed' });
    service.events = [
      { kind: 'progress', done: 0, total: 2, text: 'Starting' },
      { kind: 'check', check: check({ name: 'a' }) },
      { kind: 'check', check: failed },
      { kind: 'done', submission: submission() }
    ];
    await model.submit('d1', screen);
    const seen = states.map(state => state.runs.d1?.checks.length ?? -1);
    expect(seen).toEqual(expect.arrayContaining([0, 1, 2]));
    const verdictAt = states.findIndex(s => shownDaily(s)?.latest);
    expect(states[verdictAt]?.runs.d1?.checks).toHaveLength(2);
    expect(model.state.runs).toEqual({});
  });

  it('shows a verdict that is not stored yet', async () => {
    const states = history();
    const found = verdict({ passed: true });
    service.events = [
      { kind: 'verdict', verdict: found },
      { kind: 'done', submission: submission() }
    ];
    await model.submit('d1', screen);
    const shown = states.find(s => shownDaily(s)?.latest?.verdict === found);
    expect(shown?.runs).toBeDefined();
  });

  it('goes through its stages', async () => {
    const states = history();
    await model.submit('d1', screen);
    const stages = new Set(states.flatMap(s => s.runs.d1?.stage ?? []));
    expect([...stages]).toEqual(['saving', 'sending', 'running']);
  });

  it('happens once for two quick clicks', async () => {
    const both = [model.submit('d1', screen), model.submit('d1', screen)];
    expect(canSubmit(model.state, 'd1')).toBe(false);
    await Promise.all(both);
    expect(service.calls.filter(c => c === 'submit d1')).toHaveLength(1);
    expect(canSubmit(model.state, 'd1')).toBe(true);
  });

  it('replaces checks that a broken stream brings again', async () => {
    const states = history();
    const a = check({ name: 'a' });
    const b = check({ name: 'b' });
    service.events = [
      { kind: 'check', check: a },
      { kind: 'check', check: b },
      { kind: 'restart' },
      { kind: 'check', check: a },
      { kind: 'done', submission: submission() }
    ];
    await model.submit('d1', screen);
    const counts = states.map(s => s.runs.d1?.checks.length ?? 0);
    expect(Math.max(...counts)).toBe(2);
  });

  it('expects the checks of the verdict before', async () => {
    const checks = [check({ name: 'a' }), check({ name: 'b' })];
    const latest = submission({ verdict: verdict({ checks }) });
    service.dailies.set('d1', daily({ latest }));
    await model.refresh();
    const states = history();
    await model.submit('d1', screen);
    const run = states.find(s => s.runs.d1)?.runs.d1;
    expect(run?.expected).toEqual(['a', 'b']);
  });

  it('goes on when saving failed, and says so', async () => {
    await model.submit('d1', () =>
      Promise.resolve({ sources: { c1: 'y' }, saved: false })
    );
    expect(service.sources).toEqual({ c1: 'y' });
    expect(model.state.notice).toEqual({ kind: 'save-failed' });
  });

  it('that is refused says why, and can be tried again', async () => {
    service.failure = new ServerProblem(429, 'Too many.', true);
    await model.submit('d1', screen);
    expect(model.state.notice).toMatchObject({ detail: 'Too many.' });
    expect(canSubmit(model.state, 'd1')).toBe(true);
  });

  it('without a server says so, and looks for the server', async () => {
    service.failure = OFFLINE;
    await model.submit('d1', screen);
    expect(model.state.notice).toEqual({ kind: 'unreachable' });
    expect(model.state.offline).toBe(true);
  });
});

describe('a submission from elsewhere', () => {
  const latest = submission({ status: 'running', verdict: null });

  it('that still runs is followed to its verdict', async () => {
    service.dailies.set('d1', daily({ latest }));
    await model.refresh();
    expect(model.state.runs.d1?.stage).toBe('running');
    service.dailies.set('d1', daily({ latest: submission() }));
    await vi.runAllTimersAsync();
    expect(shownDaily(model.state)?.latest?.verdict?.passed).toBe(true);
    expect(model.state.runs).toEqual({});
  });

  it('that cannot be followed is not followed for ever', async () => {
    service.dailies.set('d1', daily({ latest }));
    service.follow = async function* () {
      await Promise.resolve();
      yield* [];
      throw new ServerProblem(404, 'Gone.', true);
    };
    const follow = vi.spyOn(service, 'follow');
    await model.refresh();
    await vi.runAllTimersAsync();
    expect(follow).toHaveBeenCalledTimes(1);
    expect(model.state.notice).toMatchObject({ detail: 'Gone.' });
  });
});

describe('the learner’s other actions', () => {
  beforeEach(async () => {
    await model.refresh();
  });

  it('one happens at a time', async () => {
    await Promise.all([model.open('d1'), model.skip('d1')]);
    expect(service.calls).not.toContain('skip d1');
  });

  it('skipping and completing change the daily and load the progress', async () => {
    service.calls = [];
    await model.skip('d1');
    expect(shownDaily(model.state)?.status).toBe('skipped');
    await model.complete('d1');
    expect(shownDaily(model.state)?.status).toBe('completed');
    expect(service.calls.filter(call => call === 'progress')).toHaveLength(2);
  });

  it('skipping needs a skip, and today', () => {
    const only = (change: Parameters<typeof daily>[0]) =>
      canSkip(
        { ...model.state, today: { phase: 'ready', value: daily(change) } },
        'd1'
      );
    expect(only({})).toBe(true);
    expect(only({ skips_left: 0 })).toBe(false);
    expect(only({ is_today: false })).toBe(false);
    expect(only({ status: 'completed' })).toBe(false);
  });

  it('opening gives the path, and null when it failed', async () => {
    expect(await model.open('d1')).toBe('tutor/2026-10-16-two-sum.ipynb');
    service.failure = new ServerProblem(500, 'Disk full.', true);
    expect(await model.open('d1')).toBeNull();
    expect(model.state.notice).toMatchObject({ detail: 'Disk full.' });
  });
});
