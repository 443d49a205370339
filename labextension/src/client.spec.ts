import { describe, expect, it } from 'vitest';
import { ServerProblem, Unreachable } from './service';
import type { RunEvent } from './service';
import { all, bytes, client, json, sse, stream } from './testing/answers';
import { check, daily, generation, submission } from './testing/samples';

const kinds = (events: RunEvent[]) => events.map(event => event.kind);

describe('a call', () => {
  it('goes below the base url with the token', async () => {
    const { client: tutor, calls } = client(json(daily()));
    expect(await tutor.today()).toEqual(daily());
    expect(calls[0]?.path).toBe('daily');
    expect(calls[0]?.headers.get('Authorization')).toBe('token secret');
  });

  it('escapes ids', async () => {
    const { client: tutor, calls } = client(json(daily()));
    await tutor.daily('a/b ?');
    expect(calls[0]?.path).toBe('dailies/a%2Fb%20%3F');
  });

  it('sends the sources of a submission', async () => {
    const { client: tutor, calls } = client(json(submission(), 202));
    await tutor.submit('d1', { cell: 'x = 1' }, 'tutor/mine.ipynb');
    expect(calls[0]?.method).toBe('POST');
    expect(calls[0]?.path).toBe('dailies/d1/submissions');
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({
      sources: { cell: 'x = 1' },
      path: 'tutor/mine.ipynb'
    });
  });

  it('takes an answer without a body', async () => {
    const { client: tutor, calls } = client(
      () => new Response(null, { status: 204 })
    );
    await tutor.activity('d1', 60);
    expect(calls[0]?.body).toBe('{"seconds":60}');
  });
});

describe('a failure', () => {
  it('becomes an error with the detail of the problem document', async () => {
    const problem = { type: 'about:blank', title: 'No', status: 409 };
    const { client: tutor } = client(
      json({ ...problem, detail: 'No skip is left.' }, 409)
    );
    const error: unknown = await tutor.skip('d1').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ServerProblem);
    expect(error).toMatchObject({
      status: 409,
      message: 'No skip is left.',
      ours: true
    });
  });

  it('that something else reports says that the tutor did not answer', async () => {
    const { client: tutor } = client(
      () => new Response('<html>', { status: 404 })
    );
    const error: unknown = await tutor.today().catch((e: unknown) => e);
    expect(error).toMatchObject({ status: 404, ours: false });
    expect(String(error)).toContain('jupyter tutor doctor');
  });

  it.each([424, 502, 503, 504])(
    'of a proxy with status %i is a server that cannot be reached',
    async status => {
      const { client: tutor } = client(() => new Response('', { status }));
      await expect(tutor.today()).rejects.toThrow(Unreachable);
    }
  );

  it('of the network is a server that cannot be reached', async () => {
    const { client: tutor } = client(() => {
      throw new TypeError('Failed to fetch');
    });
    await expect(tutor.today()).rejects.toThrow(Unreachable);
  });

  it('of an answer that breaks off is a server that cannot be reached', async () => {
    const { client: tutor } = client(() => new Response('{"id": "d'));
    await expect(tutor.today()).rejects.toThrow(Unreachable);
  });
});

describe('the events of a submission', () => {
  const done = sse('done', submission());
  const first = sse('check', check({ message: 'größer als 7 €, 日本' }));

  it('arrive in order and end with the verdict', async () => {
    const step = { done: 1, total: 2, text: 'Running' };
    const text = `: hello\n\n${first}${sse('progress', step)}${sse('new', 1)}${done}`;
    const { client: tutor, calls } = client(stream([bytes(text)]));
    const events = await all(tutor.follow('s1'));
    expect(events).toEqual([
      { kind: 'check', check: check({ message: 'größer als 7 €, 日本' }) },
      { kind: 'progress', ...step },
      { kind: 'done', submission: submission() }
    ]);
    expect(calls.map(call => call.path)).toEqual(['submissions/s1/events']);
  });

  it.each(['\n', '\r\n'])(
    'survive any chunk boundary, also inside a character, with line ends %j',
    async lineEnd => {
      const text = bytes((first + done).replaceAll('\n', lineEnd));
      const pieces = Array.from(text, byte => Uint8Array.of(byte));
      const { client: tutor } = client(stream(pieces));
      const events = await all(tutor.follow('s1'));
      expect(events[0]).toEqual({
        kind: 'check',
        check: check({ message: 'größer als 7 €, 日本' })
      });
      expect(kinds(events)).toEqual(['check', 'done']);
    }
  );

  it.each(['close', 'error', 'silence'] as const)(
    'start again after a stream that ends with %s',
    async end => {
      const { client: tutor, calls } = client(
        stream([bytes(first)], end),
        stream([bytes(first + done)])
      );
      const events = await all(tutor.follow('s1'));
      expect(kinds(events)).toEqual(['check', 'restart', 'check', 'done']);
      expect(calls).toHaveLength(2);
    }
  );

  it('may be far apart when comments tell that the stream is alive', async () => {
    const comment = bytes(': waiting\n\n');
    const pieces = [comment, comment, comment, comment, bytes(done)];
    const { client: tutor, calls } = client(stream(pieces, 'close', 20));
    expect(kinds(await all(tutor.follow('s1')))).toEqual(['done']);
    expect(calls).toHaveLength(1);
  });

  it('are replaced by polling when the stream keeps breaking', async () => {
    const broken = stream([bytes(first)], 'error');
    const running = submission({ status: 'running', verdict: null });
    const { client: tutor, calls } = client(
      broken,
      broken,
      broken,
      json(running),
      () => new Response('', { status: 502 }),
      json(submission())
    );
    const events = await all(tutor.follow('s1'));
    expect(events.at(-1)).toEqual({ kind: 'done', submission: submission() });
    expect(calls.slice(3).map(call => call.path)).toEqual([
      'submissions/s1',
      'submissions/s1',
      'submissions/s1'
    ]);
  });

  it('end at once when the server does not know the submission', async () => {
    const problem = { title: 'Not found', detail: 'No such submission.' };
    const { client: tutor, calls } = client(json(problem, 404));
    await expect(all(tutor.follow('s1'))).rejects.toThrow('No such submission');
    expect(calls).toHaveLength(1);
  });

  it('end in an error when no verdict comes for long', async () => {
    const running = submission({ status: 'running', verdict: null });
    const { client: tutor } = client(
      stream([]),
      stream([]),
      stream([]),
      json(running)
    );
    await expect(all(tutor.follow('s1'))).rejects.toThrow(Unreachable);
  });
});

describe('the events of an exercise being written', () => {
  const stage = { stage: 'drafting', try: 1, tries: 3, text: 'Drafting' };
  const end = { id: 'g1', status: 'written', problem: null, daily: 'd1' };

  it('are its stages and its outcome', async () => {
    const text = sse('stage', stage) + sse('new', 1) + sse('done', end);
    const { client: tutor, calls } = client(stream([bytes(text)]));
    expect(await all(tutor.followGeneration('g1'))).toEqual([
      { kind: 'stage', ...stage },
      { kind: 'done', ...end }
    ]);
    expect(calls.map(call => call.path)).toEqual(['generations/g1/events']);
  });

  it('are asked for once more when polling has found the end', async () => {
    const broken = stream([], 'error');
    const { client: tutor, calls } = client(
      broken,
      broken,
      broken,
      json(generation()),
      json(generation({ status: 'written' })),
      stream([bytes(sse('stage', stage) + sse('done', end))])
    );
    const events = await all(tutor.followGeneration('g1'));
    expect(events.at(-1)).toEqual({ kind: 'done', ...end });
    expect(calls).toHaveLength(6);
  });

  it('end in an error when the outcome never comes', async () => {
    const { client: tutor } = client(
      stream([]),
      stream([]),
      stream([]),
      json(generation({ status: 'failed' })),
      stream([])
    );
    const told = all(tutor.followGeneration('g1'));
    await expect(told).rejects.toThrow(Unreachable);
  });

  it('belong to what was asked for and can be cancelled', async () => {
    const { client: tutor, calls } = client(json(generation(), 202));
    await tutor.generate('queues');
    await tutor.cancelGeneration('g1');
    expect(calls.map(call => call.path)).toEqual([
      'generations',
      'generations/g1/cancel'
    ]);
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({
      topic: 'queues',
      kind: null,
      difficulty: null
    });
  });
});
