import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CoachModel } from './coach';
import { TutorModel } from './model';
import { ServerProblem, Unreachable } from './service';
import { ready } from './slot';
import { shownDaily } from './state';
import type { Speech } from './schemas';
import { chatOf } from './talk';
import type { ICoachState } from './talk';
import { MemoryCoach } from './testing/coach';
import { daily, message, speech, submission, verdict } from './testing/samples';
import { MemoryService } from './testing/service';

const screen = () => ({ sources: { c1: 'x' }, path: 'mine.ipynb' });

let service: MemoryService;
let server: MemoryCoach;
let model: TutorModel;
let coach: CoachModel;

beforeEach(async () => {
  vi.useFakeTimers();
  service = new MemoryService();
  server = new MemoryCoach();
  model = new TutorModel(service);
  coach = new CoachModel(server, model);
  await model.refresh();
  await vi.runAllTimersAsync();
});

afterEach(() => {
  coach.dispose();
  model.dispose();
  vi.useRealTimers();
});

/** Every state from here on. */
function history(): ICoachState[] {
  const states: ICoachState[] = [];
  coach.changed.connect(() => states.push(coach.state));
  return states;
}

async function ended(doing: Promise<unknown>): Promise<void> {
  await vi.runAllTimersAsync();
  await doing;
}

const chat = () => chatOf(coach.state, 'd1');
const hints = () => shownDaily(model.state)?.hints ?? [];

describe('a hint', () => {
  it('is about what is on the screen, and is added to those asked', async () => {
    await ended(coach.hint('d1', screen));
    server.said = speech({ rung: 2, text: 'Closer.', source: 'model' });
    await ended(coach.hint('d1', screen));
    expect(server.screen).toEqual(screen());
    expect(hints()).toEqual([
      { rung: 1, of: 4, text: 'Look.', source: 'author' },
      { rung: 2, of: 4, text: 'Closer.', source: 'model' }
    ]);
  });

  it('grows, and what is taken back gives way to the reason', async () => {
    const states = history();
    server.events = [
      { kind: 'text', text: 'Return ' },
      { kind: 'text', text: 'n.' },
      { kind: 'withdrawn', reason: 'That said too much.' },
      { kind: 'text', text: 'Loo' }
    ];
    await ended(coach.hint('d1', screen));
    const seen = states.map(({ hints: { d1 } }) => [d1?.text, d1?.withdrawn]);
    expect(seen).toEqual([
      ['', ''],
      ['Return ', ''],
      ['Return n.', ''],
      ['', 'That said too much.'],
      ['Loo', 'That said too much.'],
      ['Look.', 'That said too much.']
    ]);
  });

  it('is shown a few times a second however many pieces come', async () => {
    server.hear = async function* (whole) {
      for (let piece = 0; piece < 100; piece++) {
        await new Promise(resolve => setTimeout(resolve, 10));
        yield { kind: 'text', text: 'x' };
      }
      yield { kind: 'done', speech: whole };
    };
    const states = history();
    await ended(coach.hint('d1', screen));
    expect(states.length).toBeGreaterThan(3);
    expect(states.length).toBeLessThan(9);
  });

  it('that was given before is not added once more', async () => {
    server.said = speech({ again: true });
    await ended(coach.hint('d1', screen));
    expect(hints()).toEqual([]);
    expect(coach.state.hints.d1?.whole?.again).toBe(true);
  });

  it('is asked for once at a time', async () => {
    await ended(
      Promise.all([coach.hint('d1', screen), coach.hint('d1', screen)])
    );
    expect(server.calls.filter(call => call === 'hint d1')).toHaveLength(1);
  });

  it.each([
    ['in the problem of what is said', 'Ask again.'],
    ['in the refusal of the server', 'No hints.']
  ])('that does not come leaves a notice, %s', async (_, detail) => {
    server.said = speech({ problem: 'Ask again.', text: '' });
    if (detail === 'No hints.') {
      server.failure = new ServerProblem(404, detail, true);
    }
    await ended(coach.hint('d1', screen));
    expect(model.state.notice).toEqual({ kind: 'problem', detail });
    expect(coach.state.hints).toEqual({});
  });
});

describe('a conversation', () => {
  const question = message({ text: 'Why?' });
  const answer = message({ number: 2, role: 'tutor', text: 'Because.' });

  beforeEach(() => {
    server.said = speech({ kind: 'answer', text: 'Because.', rung: null });
  });

  it('is loaded with its exercise', () => {
    expect(server.calls).toContain('messages d1');
    expect(ready(chat().messages)).toEqual([]);
  });

  it('takes the question, tells the answer as it grows, and keeps both', async () => {
    const states = history();
    server.events = [{ kind: 'text', text: 'Be' }];
    coach.draft('d1', ' Why? ');
    const asking = coach.ask('d1', chat().draft, screen);
    expect(chat()).toMatchObject({ draft: '', asked: { question: 'Why?' } });
    server.history = [question, answer];
    await ended(asking);
    expect(states.map(s => chatOf(s, 'd1').asked?.answer.text)).toContain('Be');
    expect(server.calls).toContain('ask d1 Why?');
    expect(chat().asked).toBeNull();
    expect(ready(chat().messages)).toEqual([question, answer]);
    expect(service.calls.filter(call => call === 'model')).toHaveLength(2);
  });

  it('of many messages is loaded from its end, page by page', async () => {
    const numbers = () => ready(chat().messages)?.map(m => m.number);
    const say = (...added: number[]) => {
      server.history.push(...added.map(number => message({ number })));
    };
    say(1, 2, 3, 4);
    await coach.refresh();
    expect([numbers(), chat().earlier]).toEqual([[2, 3, 4], '1']);
    server.failure = new ServerProblem(500, 'Broken.', true);
    await coach.earlier('d1');
    expect(model.state.notice).toEqual({ kind: 'problem', detail: 'Broken.' });
    server.failure = null;
    await coach.earlier('d1');
    await coach.earlier('d1');
    expect([numbers(), chat().earlier]).toEqual([[1, 2, 3, 4], null]);
    say(5);
    await coach.refresh();
    expect([numbers(), chat().earlier]).toEqual([[1, 2, 3, 4, 5], null]);
    say(6, 7, 8, 9);
    await coach.refresh();
    expect([numbers(), chat().earlier]).toEqual([[7, 8, 9], '6']);
  });

  it('goes on with what is known when it cannot be loaded', async () => {
    const asking = coach.ask('d1', 'Why?', screen);
    server.messages = () => Promise.reject(new Unreachable('gone'));
    await ended(asking);
    expect(
      ready(chat().messages)?.map(({ number, text }) => [number, text])
    ).toEqual([
      [1, 'Why?'],
      [2, 'Because.']
    ]);
  });

  it('never loses a question that could not be sent', async () => {
    server.failure = new ServerProblem(409, 'Used up.', true);
    await ended(coach.ask('d1', 'Why?', screen));
    expect(chat()).toMatchObject({ draft: 'Why?', asked: null });
    expect(model.state.notice).toEqual({ kind: 'problem', detail: 'Used up.' });
    const asking = coach.ask('d1', chat().draft, screen);
    coach.draft('d1', 'And then?');
    await ended(asking);
    expect(chat().draft).toBe('Why?\n\nAnd then?');
  });

  it('has one question at a time, and none that is empty', async () => {
    await coach.ask('d1', '  ', screen);
    await ended(
      Promise.all([coach.ask('d1', 'A', screen), coach.ask('d1', 'B', screen)])
    );
    expect(server.calls.filter(call => call.startsWith('ask'))).toEqual([
      'ask d1 A'
    ]);
  });

  it('is loaded again when the server is back', async () => {
    server.calls = [];
    service.failure = new Unreachable('gone');
    await model.refresh();
    service.failure = null;
    await model.refresh();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.calls).toEqual(['speeches d1', 'messages d1']);
  });

  it('is found with its exercise', async () => {
    server.found = [answer, message({ daily_id: 'gone' })];
    server.daily = id =>
      id === 'gone'
        ? Promise.reject(new ServerProblem(404, 'Gone.', true))
        : Promise.resolve(daily({ id }));
    await coach.search(' because ');
    expect(server.calls).toContain('findMessages because');
    expect(coach.state.search?.hits?.map(hit => hit.daily?.id)).toEqual([
      'd1',
      undefined
    ]);
    await coach.search('');
    expect(coach.state.search).toBeNull();
  });
});

describe('what was begun before the page was loaded', () => {
  const running = (change: Partial<Speech>) =>
    speech({ status: 'running', text: '', ...change });

  it('is followed to its end', async () => {
    const question = message({ text: 'Why?' });
    const answer = message({ number: 2, role: 'tutor', text: 'Because.' });
    server.underWay = [
      running({ id: 'p1' }),
      running({ id: 'p2', kind: 'answer', question: 'Why?', rung: null }),
      running({ id: 'p3', kind: 'feedback', rung: null })
    ];
    server.history = [question];
    server.said = speech({ text: 'Look.' });
    server.hear = async function* ({ kind }) {
      yield { kind: 'text', text: 'Be' };
      await new Promise(resolve => setTimeout(resolve, 1_000));
      yield { kind: 'done', speech: speech({ kind, text: 'Because.' }) };
    };
    await coach.refresh();
    await vi.advanceTimersByTimeAsync(500);
    expect(chat()).toMatchObject({
      messages: { value: [] },
      asked: { question: 'Why?', answer: { text: 'Be' } }
    });
    expect(coach.state.hints.d1?.text).toBe('Be');
    await coach.refresh();
    server.underWay = [];
    server.history = [question, answer];
    await vi.runAllTimersAsync();
    expect(chat().asked).toBeNull();
    expect(ready(chat().messages)).toEqual([question, answer]);
    expect(hints().map(hint => hint.text)).toEqual(['Because.']);
    expect(server.calls.filter(call => /^(ask|hint)/.test(call))).toEqual([]);
  });

  it('is shown when its question is not among the messages', async () => {
    const question = 'And?';
    server.underWay = [running({ kind: 'answer', question, rung: null })];
    server.history = [message({ text: 'Why?' })];
    await coach.refresh();
    expect(ready(chat().messages)).toEqual(server.history);
    expect(chat().asked?.question).toBe('And?');
  });

  it('is not missed by a server that does not tell', async () => {
    server.speeches = () => Promise.reject(new Unreachable('gone'));
    server.history = [message()];
    await coach.refresh();
    expect(ready(chat().messages)).toEqual(server.history);
  });
});

describe('feedback', () => {
  const latest = submission();
  const show = async (value = latest) => {
    service.dailies.set('d1', daily({ latest: value }));
    await model.refresh();
    await vi.runAllTimersAsync();
  };
  const asked = () => server.calls.filter(call => call.startsWith('feedback'));

  it('is asked for once for each submission that is shown', async () => {
    await show();
    await show();
    expect(coach.state.feedback.s1?.text).toBe('Look.');
    await show(submission({ id: 's2' }));
    expect(asked()).toEqual(['feedback s1', 'feedback s2']);
  });

  it('waits until the submission is at its end', async () => {
    service.follow = async function* () {
      yield { kind: 'verdict', verdict: verdict() };
      await Promise.resolve();
      expect(asked()).toEqual([]);
      yield { kind: 'done', submission: submission() };
    };
    await model.submit('d1', () =>
      Promise.resolve({ sources: {}, saved: true })
    );
    service.dailies.set('d1', daily({ latest }));
    await show();
    expect(asked()).toEqual(['feedback s1']);
  });

  it.each([
    ['that has no verdict', { status: 'failed', verdict: null }],
    ['without checks', { verdict: verdict({ checks: [] }) }]
  ] as const)('is not asked for about a submission %s', async (_, change) => {
    await show(submission(change));
    expect(asked()).toEqual([]);
  });

  it('that fails says nothing, and is asked for again when the server is back', async () => {
    server.failure = new Unreachable('gone');
    await show();
    await show();
    expect(model.state.notice).toBeNull();
    expect(coach.state.feedback).toEqual({});
    expect(asked()).toHaveLength(1);
    server.failure = null;
    service.failure = new Unreachable('gone');
    await model.refresh();
    service.failure = null;
    await show();
    expect(coach.state.feedback.s1?.text).toBe('Look.');
  });
});
