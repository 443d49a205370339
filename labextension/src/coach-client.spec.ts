import { describe, expect, it } from 'vitest';
import { all, bytes, client, json, sse, stream } from './testing/answers';
import { speech } from './testing/samples';

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

  it('is found where it was begun elsewhere', async () => {
    const { coach, calls } = client(json([begun]));
    expect(await coach.speeches('d/1')).toEqual([begun]);
    expect(calls[0]?.path).toBe('dailies/d%2F1/speeches');
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

  it('is remembered as the learner wishes', async () => {
    const { coach, calls } = client(json({}));
    await coach.switchMemory(false);
    await coach.correct('m/1', { text: 'Go', on: null });
    expect(calls.map(({ method, path, body }) => [method, path, body])).toEqual(
      [
        ['PUT', 'memory', '{"on":false}'],
        ['PATCH', 'memory/m%2F1', '{"text":"Go","on":null}']
      ]
    );
  });

  it('is looked for by words that may hold anything', async () => {
    const { coach, calls } = client(json({ items: [], next_cursor: null }));
    await coach.findMessages('a & b?');
    await coach.messages('d1');
    await coach.messages('d1', 'a=b');
    // and by nothing else: the server refuses what it does not know
    expect(calls.map(({ query }) => query)).toEqual([
      '?q=a%20%26%20b%3F&limit=20',
      '',
      '?cursor=a%3Db'
    ]);
  });
});
