import { ServerConnection } from '@jupyterlab/services';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection';
import { LearnerModel, STRANGER } from './learner';
import { LearnerClient } from './learner-client';
import { TutorModel } from './model';
import { ServerProblem, Unreachable } from './service';
import { ready } from './slot';
import { MemoryLearner, news, profile } from './testing/learner';
import { progress } from './testing/samples';
import { MemoryService } from './testing/service';

let server: MemoryLearner;
let service: MemoryService;
let tutor: TutorModel;
let learner: LearnerModel;

beforeEach(() => {
  vi.useFakeTimers();
  server = new MemoryLearner();
  service = new MemoryService();
  tutor = new TutorModel(service);
  learner = new LearnerModel(server, tutor);
});

afterEach(() => {
  learner.dispose();
  tutor.dispose();
  vi.useRealTimers();
});

/** The progress is loaded again, and what follows from it. */
async function refresh(): Promise<void> {
  service.learner = progress();
  await tutor.refresh();
  await vi.advanceTimersByTimeAsync(0);
}

const keys = () => learner.state.news.map(({ key }) => key);
const sent = (start: string) =>
  server.calls.filter(call => call.startsWith(start));

describe('the profile', () => {
  it('comes with the progress, and again with every progress', async () => {
    await refresh();
    expect(ready(learner.state.profile)?.profile).toEqual(profile());
    await tutor.complete('d1');
    await vi.advanceTimersByTimeAsync(0);
    expect(sent('profile')).toHaveLength(1);
    await refresh();
    expect(sent('profile')).toHaveLength(2);
  });

  it('that fails to load says why, and stays when it was there', async () => {
    server.failure = new ServerProblem(500, 'Broken.', true);
    await learner.load();
    expect(learner.state.profile).toEqual({
      phase: 'problem',
      detail: 'Broken.'
    });
    server.failure = null;
    await learner.load();
    server.failure = new ServerProblem(500, 'Broken.', true);
    await learner.load();
    expect(learner.state.profile.phase).toBe('ready');
  });

  it('is changed one change after the other', async () => {
    await learner.load();
    const both = [
      learner.change({ minutes: 30 }),
      learner.change({ goals: ['pandas'] })
    ];
    expect(await Promise.all(both)).toEqual([null, null]);
    expect(sent('change')).toEqual([
      'change {"minutes":30}',
      'change {"goals":["pandas"]}'
    ]);
    const { minutes, goals } = ready(learner.state.profile)?.profile ?? {};
    expect([minutes, goals]).toEqual([30, ['pandas']]);
  });

  it('is not undone by an answer from before the change', async () => {
    const early = server.profile();
    vi.spyOn(server, 'profile').mockImplementationOnce(async () => {
      const before = await early;
      await new Promise(resolve => setTimeout(resolve, 100));
      return before;
    });
    const loading = learner.load();
    await learner.change({ minutes: 30 });
    await vi.advanceTimersByTimeAsync(100);
    await loading;
    expect(ready(learner.state.profile)?.profile.minutes).toBe(30);
  });

  it('that is refused stays, and the reason is given', async () => {
    await learner.load();
    server.failure = new ServerProblem(400, 'Too long.', true);
    expect(await learner.change({ minutes: 900 })).toEqual({
      kind: 'problem',
      detail: 'Too long.'
    });
    server.failure = new Unreachable('gone');
    expect(await learner.change({ minutes: 30 })).toEqual({
      kind: 'unreachable'
    });
    expect(ready(learner.state.profile)?.profile.minutes).toBe(20);
  });

  it.each([
    [{ time_zone: 'Asia/Tokyo' }, 1],
    [{ level: 'medium' }, 1],
    [{ interests: ['music'] }, 0]
  ])('%o loads today again so many times: %i', async (change, times) => {
    await learner.change(change);
    await vi.advanceTimersByTimeAsync(0);
    expect(service.calls.filter(call => call === 'today')).toHaveLength(times);
  });
});

describe('news', () => {
  it('come after a verdict, the newest first', async () => {
    await refresh();
    server.told = [news({ key: 'a' }), news({ key: 'b' })];
    service.learner = progress();
    await tutor.submit('d1', () =>
      Promise.resolve({ sources: {}, saved: true })
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(keys()).toEqual(['b', 'a']);
    expect(sent('see')).toEqual([]);
  });

  it('go when they are dismissed, and do not come back', async () => {
    server.told = [news({ key: 'a' })];
    await refresh();
    learner.show(['a']);
    server.failure = new Unreachable('gone');
    learner.dismissNews();
    expect(keys()).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    server.failure = null;
    await refresh();
    expect(keys()).toEqual([]);
    expect(sent('see')).toEqual(['see a', 'see a']);
  });

  it('that were shown are replaced by others; those that were not stay', async () => {
    server.told = [news({ key: 'a' })];
    await refresh();
    await refresh();
    expect(keys()).toEqual(['a']);
    learner.show(['a']);
    learner.show(['a']);
    expect(sent('see')).toEqual(['see a']);
    server.told = [];
    await refresh();
    expect(keys()).toEqual(['a']);
    server.told = [news({ key: 'a' }), news({ key: 'b' })];
    await refresh();
    expect(keys()).toEqual(['b']);
    expect(sent('see')).toEqual(['see a', 'see a']);
    server.told = [...server.told, news({ key: 'c' })];
    await refresh();
    expect(keys()).toEqual(['c', 'b']);
  });

  it('that fail to load come the next time', async () => {
    server.told = [news({ key: 'a' })];
    server.failure = new Unreachable('gone');
    await refresh();
    expect(keys()).toEqual([]);
    server.failure = null;
    await refresh();
    expect(keys()).toEqual(['a']);
  });
});

describe('everything that is kept', () => {
  it('is downloaded as the server wrote it', async () => {
    expect(await learner.archive()).toBe(server.file);
    server.failure = new ServerProblem(500, 'Broken.', true);
    expect(await learner.archive()).toBeNull();
    expect(tutor.state.notice).toEqual({ kind: 'problem', detail: 'Broken.' });
  });

  it('is downloaded with what is being changed', async () => {
    const changing = learner.change({ minutes: 30 });
    await learner.archive();
    await changing;
    expect(server.calls).toEqual(['change {"minutes":30}', 'archive']);
  });

  it('is taken in, or the reason is given why not', async () => {
    const replaced = vi.fn();
    learner.replaced.connect(replaced);
    server.failure = new ServerProblem(409, 'There is something.', true);
    expect(await learner.takeIn('{}')).toEqual({
      kind: 'problem',
      detail: 'There is something.'
    });
    expect(replaced).not.toHaveBeenCalled();
    server.failure = null;
    expect(await learner.takeIn('{}')).toBeNull();
    expect(replaced).toHaveBeenCalledOnce();
  });

  it('is deleted; then nothing is known', async () => {
    const replaced = vi.fn();
    learner.replaced.connect(replaced);
    server.told = [news({ key: 'a' })];
    await refresh();
    learner.show(['a']);
    learner.dismissNews();
    await learner.erase();
    expect(learner.state).toEqual(STRANGER);
    expect(replaced).toHaveBeenCalledOnce();
    server.told = [news({ key: 'a' })];
    await refresh();
    expect(keys()).toEqual(['a']);
  });

  it('that could not be deleted stays, and a notice says so', async () => {
    await refresh();
    server.failure = new ServerProblem(500, 'Locked.', true);
    await learner.erase();
    expect(learner.state.profile.phase).toBe('ready');
    expect(tutor.state.notice).toEqual({ kind: 'problem', detail: 'Locked.' });
  });
});

it('a restart of the tutor forgets all but the notebook in front', async () => {
  await refresh();
  await tutor.setHere('d1', 'two-sum');
  service.failure = new ServerProblem(404, 'There is no such daily.', true);
  await tutor.restart();
  expect(tutor.state.hereId).toBe('d1');
  expect(tutor.state.today.phase).toBe('empty');
  expect(tutor.state.here.phase).toBe('empty');
});

describe('over HTTP', () => {
  /** What a call asks of the server, which gives this answer. */
  async function asked(
    call: (client: LearnerClient) => Promise<unknown>,
    answer: string | null
  ) {
    const requests: string[] = [];
    const settings = ServerConnection.makeSettings({
      baseUrl: 'http://localhost/user/ada/',
      fetch: async input => {
        const { method, url, text } = await read(input as Request);
        const path = new URL(url).pathname.replace(
          '/user/ada/tutor/api/v1/',
          ''
        );
        requests.push(`${method} ${path} ${text}`.trim());
        return new Response(answer, { status: answer === null ? 204 : 200 });
      }
    });
    const result = await call(new LearnerClient(new Connection(settings)));
    return { requests, result };
  }

  async function read(request: Request) {
    const { method, url } = request;
    return { method, url, text: await request.text() };
  }

  it.each([
    ['GET profile', (c: LearnerClient) => c.profile(), '{}'],
    [
      'PATCH profile {"minutes":30}',
      (c: LearnerClient) => c.change({ minutes: 30 }),
      '{}'
    ],
    ['GET notices', (c: LearnerClient) => c.news(), '[]'],
    [
      'POST notices/seen {"keys":["a","b"]}',
      (c: LearnerClient) => c.see(['a', 'b']),
      null
    ],
    ['PUT data {"text":"{}"}', (c: LearnerClient) => c.takeIn('{}'), null],
    ['DELETE data', (c: LearnerClient) => c.erase(), null]
  ])('it asks %s', async (request, call, answer) => {
    expect((await asked(call, answer)).requests).toEqual([request]);
  });

  it('a download is the text of the answer, unchanged', async () => {
    const file = '{ "format":  "jupyter-tutor" }\n';
    const { requests, result } = await asked(c => c.archive(), file);
    expect(requests).toEqual(['GET data']);
    expect(result).toBe(file);
  });
});
