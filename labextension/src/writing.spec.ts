import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TutorModel } from './model';
import { ServerProblem, Unreachable } from './service';
import type { WritingEvent } from './service';
import {
  canGenerate,
  canSubmit,
  isHere,
  isReplaced,
  notebookOf,
  shownDaily
} from './state';
import { daily, generation, languageModel } from './testing/samples';
import { MemoryService } from './testing/service';
import type { Writing } from './writing';

const DRAFT: WritingEvent = {
  kind: 'stage',
  text: 'Writing a draft',
  try: 1,
  tries: 3
};

function done(change: Partial<WritingEvent & { kind: 'done' }>): WritingEvent {
  const written = { status: 'written', problem: null, daily: null } as const;
  return { kind: 'done', ...written, ...change };
}

let service: MemoryService;
let model: TutorModel;

beforeEach(async () => {
  vi.useFakeTimers();
  service = new MemoryService();
  model = new TutorModel(service);
  await model.refresh();
  service.calls = [];
});

afterEach(() => {
  model.dispose();
  vi.useRealTimers();
});

/** Every different state of the writing from here on. */
function history(): (Writing | null)[] {
  const states: (Writing | null)[] = [];
  model.changed.connect(() => {
    if (states.at(-1) !== model.state.writing) {
      states.push(model.state.writing);
    }
  });
  return states;
}

describe('having an exercise written', () => {
  it('asks, follows the stages, and brings the new day', async () => {
    const states = history();
    const again: WritingEvent = { ...DRAFT, try: 2 };
    service.stages = [DRAFT, { kind: 'restart' }, again, done({ daily: 'd1' })];
    service.dailies.set('d1', daily({ slug: 'desk', title: 'The desk' }));
    await model.generate('  queues ');
    expect(service.calls.slice(0, 2)).toEqual([
      'generate queues',
      'followGeneration g1'
    ]);
    expect(states.map(w => w?.phase === 'running' && w.try)).toEqual([
      1,
      1,
      1,
      2,
      false
    ]);
    expect(model.state.writing).toEqual({ phase: 'written', today: true });
    expect(shownDaily(model.state)?.title).toBe('The desk');
    expect(service.calls).toContain('model');
  });

  it.each([
    [done({}), { phase: 'written', today: false }],
    [done({ status: 'cancelled' }), { phase: 'cancelled' }],
    [
      done({ status: 'failed', problem: 'It is down.' }),
      { phase: 'failed', problem: 'It is down.' }
    ]
  ])('tells how it ended (%#)', async (event, writing) => {
    service.stages = [event];
    await model.generate('');
    expect(service.calls[0]).toBe('generate');
    expect(model.state.writing).toEqual(writing);
  });

  it('happens once for two quick clicks', async () => {
    const both = [model.generate('a'), model.generate('b')];
    expect(canGenerate(model.state)).toBe(false);
    await Promise.all(both);
    expect(service.calls).toContain('generate a');
    expect(service.calls).not.toContain('generate b');
    expect(canGenerate(model.state)).toBe(true);
  });

  it('is not offered without a model', async () => {
    service.helper = languageModel({ off: 'There is none.' });
    await model.refresh();
    expect(canGenerate(model.state)).toBe(false);
  });

  it.each([
    [new ServerProblem(400, 'No topic.', true), 'No topic.'],
    [new Unreachable('gone'), '']
  ])('that is refused says why (%#)', async (failure, problem) => {
    service.failure = failure;
    await model.generate('<>');
    expect(model.state.writing).toEqual({ phase: 'refused', problem });
  });

  it.each([
    [new Unreachable('gone'), { phase: 'lost' }],
    [
      new ServerProblem(404, 'Ask again.', true),
      { phase: 'failed', problem: 'Ask again.' }
    ]
  ])('whose stream ends in an error ends too (%#)', async (error, writing) => {
    service.followGeneration = async function* () {
      await Promise.resolve();
      yield DRAFT;
      throw error;
    };
    await model.generate('');
    expect(model.state.writing).toEqual(writing);
  });
});

describe('an exercise that was being written before this page was loaded', () => {
  const later = () => {
    service.helper = languageModel({ writing: generation() });
    return model.refresh();
  };

  it('is followed to its end, which brings the new day', async () => {
    const states = history();
    service.stages = [DRAFT, done({ daily: 'd1' })];
    service.dailies.set('d1', daily({ slug: 'desk', title: 'The desk' }));
    const loaded = later();
    await vi.waitFor(() => {
      expect(states.at(-1)).toEqual({ phase: 'written', today: true });
    });
    await loaded;
    expect(states.find(Boolean)).toMatchObject({ phase: 'running', id: 'g1' });
    expect(service.calls).not.toContain('generate');
    await vi.waitFor(() => {
      expect(shownDaily(model.state)?.title).toBe('The desk');
    });
  });

  it('can be cancelled', async () => {
    const asked: string[] = [];
    service.followGeneration = async function* () {
      yield DRAFT;
      await vi.waitUntil(() => asked.length > 0);
      yield done({ status: 'cancelled' });
    };
    service.cancelGeneration = id => {
      asked.push(id);
      return Promise.resolve(generation({ status: 'cancelled' }));
    };
    await later();
    expect(model.state.writing).toMatchObject({ phase: 'running' });
    await model.cancelGeneration();
    await vi.waitFor(() => {
      expect(model.state.writing).toEqual({ phase: 'cancelled' });
    });
    expect(asked).toEqual(['g1']);
  });

  it('is not followed twice, also when the server tells of it late', async () => {
    service.stages = [done({ status: 'cancelled' })];
    await Promise.all([later(), model.refresh()]);
    await model.refresh();
    await model.generate('');
    await model.refresh();
    const followed = service.calls.filter(c => c.startsWith('followGen'));
    expect(followed).toHaveLength(2);
  });

  it('is followed again after the connection was lost', async () => {
    const follow = service.followGeneration.bind(service);
    service.followGeneration = async function* () {
      await Promise.resolve();
      yield DRAFT;
      throw new Unreachable('gone');
    };
    await later();
    await vi.waitFor(() => {
      expect(model.state.writing).toEqual({ phase: 'lost' });
    });
    service.followGeneration = follow;
    await model.refresh();
    await vi.waitFor(() => {
      expect(model.state.writing?.phase).toBe('written');
    });
  });
});

describe('cancelling', () => {
  /** The stream goes on until the exercise is cancelled; what was asked to be cancelled. */
  function endless(): string[] {
    const asked: string[] = [];
    let cancel: () => void = () => undefined;
    const cancelled = new Promise<void>(resolve => (cancel = resolve));
    service.followGeneration = async function* () {
      yield DRAFT;
      await cancelled;
      yield done({ status: 'cancelled' });
    };
    service.cancelGeneration = id => {
      asked.push(id);
      cancel();
      return Promise.resolve(generation({ status: 'cancelled' }));
    };
    return asked;
  }

  it('stops it once', async () => {
    const asked = endless();
    const writing = model.generate('');
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all([model.cancelGeneration(), model.cancelGeneration()]);
    await writing;
    expect(asked).toEqual(['g1']);
    expect(model.state.writing).toEqual({ phase: 'cancelled' });
  });

  it('waits for the server to have taken the task', async () => {
    const asked = endless();
    const writing = model.generate('');
    const cancelling = model.cancelGeneration();
    expect(asked).toEqual([]);
    await Promise.all([writing, cancelling]);
    expect(asked).toEqual(['g1']);
  });

  it('that fails says so, and can be tried again', async () => {
    endless();
    const cancel = service.cancelGeneration.bind(service);
    service.cancelGeneration = () =>
      Promise.reject(new ServerProblem(500, 'Broken.', true));
    const writing = model.generate('');
    await vi.advanceTimersByTimeAsync(1);
    await model.cancelGeneration();
    expect(model.state.notice).toMatchObject({ detail: 'Broken.' });
    expect(model.state.writing).toMatchObject({ cancelling: false });
    service.cancelGeneration = cancel;
    await model.cancelGeneration();
    await writing;
    expect(model.state.writing).toEqual({ phase: 'cancelled' });
  });

  it('without an exercise being written does nothing', async () => {
    await model.cancelGeneration();
    expect(service.calls).toEqual([]);
  });
});

describe('the notebook of an exercise that the daily was before', () => {
  it('is not the daily’s, so that it is neither shown as open nor submitted', async () => {
    await model.setHere('d1', 'two-sum');
    const before = shownDaily(model.state);
    expect(before && isHere(model.state, before)).toBe(true);
    service.dailies.set('d1', daily({ slug: 'desk', opened: false }));
    await model.generate('');
    const after = shownDaily(model.state);
    expect(after?.slug).toBe('desk');
    expect(after && isHere(model.state, after)).toBe(false);
    expect(canSubmit(model.state, 'd1')).toBe(false);
    await model.setHere('d1', 'desk');
    expect(canSubmit(model.state, 'd1')).toBe(true);
  });

  it('is told from the daily’s own in whatever names it', async () => {
    service.dailies.set('d1', daily({ slug: 'desk' }));
    await model.setHere('d1', 'two-sum');
    const replaced = (args: { daily?: unknown; slug?: unknown }) =>
      isReplaced(model.state, notebookOf(model.state, args));
    expect(replaced({})).toBe(true);
    expect(replaced({ daily: 'd1', slug: 'two-sum' })).toBe(true);
    expect(replaced({ daily: 'd1', slug: 'desk' })).toBe(false);
    expect(replaced({ daily: 'd1' })).toBe(false);
    expect(replaced({ daily: 'unknown', slug: 'two-sum' })).toBe(false);
    await model.setHere(null);
    expect(replaced({})).toBe(false);
  });
});
