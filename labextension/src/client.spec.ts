import { ServerConnection } from '@jupyterlab/services';
import { describe, expect, it } from 'vitest';
import { TutorClient } from './client';
import { CoachClient } from './coach-client';
import { Connection } from './connection';
import { ServerProblem, Unreachable } from './service';
import type { RunEvent } from './service';
import {
  check,
  daily,
  generation,
  speech,
  submission
} from './testing/samples';

const PATIENCE = { reconnect: 1, silence: 50, poll: 1, giveUp: 100 };

interface ICall {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: Headers;
}

/** A client of a server that gives these answers, one after the other, the last again and again. */
function client(...answers: (() => Response | Promise<Response>)[]) {
  const calls: ICall[] = [];
  const fetch = async (input: RequestInfo): Promise<Response> => {
    const { method, url, headers, text } = await read(input as Request);
    const { pathname, search: query } = new URL(url);
    const path = pathname.replace('/user/ada/tutor/api/v1/', '');
    calls.push({ method, path, query, body: text, headers });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) {
      throw new Error('no answer left');
    }
    return answer();
  };
  const settings = ServerConnection.makeSettings({
    baseUrl: 'http://localhost/user/ada/',
    token: 'secret',
    fetch
  });
  const connection = new Connection(settings, PATIENCE);
  return {
    client: new TutorClient(connection),
    coach: new CoachClient(connection),
    calls
  };
}

async function read(request: Request) {
  const { method, url, headers } = request;
  return { method, url, headers, text: await request.text() };
}

function json(data: unknown, status = 200): () => Response {
  const headers = { 'Content-Type': 'application/json' };
  return () => new Response(JSON.stringify(data), { status, headers });
}

/** A stream of these bytes, `gap` milliseconds apart; `end` tells how it ends. */
function stream(
  pieces: Uint8Array[],
  end: 'close' | 'error' | 'silence' = 'close',
  gap = 0
): () => Response {
  return () => {
    const left = [...pieces];
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (gap) {
          await new Promise(resolve => setTimeout(resolve, gap));
        }
        const piece = left.shift();
        if (piece) {
          controller.enqueue(piece);
        } else if (end === 'close') {
          controller.close();
        } else if (end === 'error') {
          controller.error(new TypeError('connection lost'));
        }
      }
    });
    return new Response(body);
  };
}

function sse(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function all<E>(events: AsyncIterable<E>): Promise<E[]> {
  const result: E[] = [];
  for await (const event of events) {
    result.push(event);
  }
  return result;
}

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

describe('what the tutor says', () => {
  const begun = speech({ status: 'running', text: '' });
  const words = sse('text', { text: 'Read ' }) + sse('text', { text: 'it.' });
  const end = sse('done', speech());

  it('comes piece by piece, and may be taken back', async () => {
    const text = words + sse('withdrawn', { reason: 'Too much.' }) + end;
    const { coach, calls } = client(stream([bytes(text)]));
    expect(await all(coach.hear(begun))).toEqual([
      { kind: 'text', text: 'Read ' },
      { kind: 'text', text: 'it.' },
      { kind: 'withdrawn', reason: 'Too much.' },
      { kind: 'done', speech: speech() }
    ]);
    expect(calls.map(call => call.path)).toEqual(['speeches/p1/events']);
  });

  it('is not asked for again when it was said at once', async () => {
    const { coach, calls } = client(json({}));
    expect(await all(coach.hear(speech()))).toHaveLength(1);
    expect(calls).toEqual([]);
  });

  it('is polled for when the stream keeps breaking', async () => {
    const broken = stream([bytes(words)], 'error');
    const { coach, calls } = client(
      broken,
      broken,
      broken,
      json(begun),
      json(speech())
    );
    const events = await all(coach.hear(begun));
    expect(events.at(-1)).toEqual({ kind: 'done', speech: speech() });
    expect(calls.at(-1)?.path).toBe('speeches/p1');
  });

  it('is about what is on the screen', async () => {
    const { coach, calls } = client(json(begun));
    await coach.hint('d1', { sources: { a: 'x' }, path: 'mine.ipynb' });
    await coach.ask('d1', 'Why?', { sources: {} });
    expect(
      calls.map(({ path, body }) => [path, JSON.parse(body) as unknown])
    ).toEqual([
      ['dailies/d1/hints', { sources: { a: 'x' }, path: 'mine.ipynb' }],
      ['dailies/d1/chat', { text: 'Why?', sources: {}, path: null }]
    ]);
  });

  it('is looked for by words that may hold anything', async () => {
    const { coach, calls } = client(json([]));
    await coach.findMessages('a & b?');
    // and by nothing else: the server refuses what it does not know
    expect(calls[0]?.query).toBe('?q=a%20%26%20b%3F&limit=20');
  });
});
