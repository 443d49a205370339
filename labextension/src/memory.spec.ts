import { beforeEach, describe, expect, it } from 'vitest';
import { CoachModel } from './coach';
import { TutorModel } from './model';
import { ServerProblem, Unreachable } from './service';
import { ready } from './slot';
import { MemoryCoach } from './testing/coach';
import { memory } from './testing/samples';
import { MemoryService } from './testing/service';

let server: MemoryCoach;
let model: TutorModel;
let coach: CoachModel;

beforeEach(() => {
  server = new MemoryCoach();
  model = new TutorModel(new MemoryService());
  coach = new CoachModel(server, model);
  return () => {
    coach.dispose();
    model.dispose();
  };
});

describe('the memory', () => {
  const items = () => ready(coach.state.memory)?.items;

  it('is loaded, corrected, forgotten and switched off', async () => {
    server.kept.items.push(memory({ id: 'm2' }));
    await coach.memory.load();
    expect(
      await coach.memory.correct('m1', { text: 'Counts from 0.', on: null })
    ).toBe(true);
    expect(items()?.[0]?.text).toBe('Counts from 0.');
    await coach.memory.forget('m2');
    expect(items()?.map(item => item.id)).toEqual(['m1']);
    await coach.memory.switch(false);
    expect(ready(coach.state.memory)?.on).toBe(false);
    await coach.memory.forgetAll();
    expect(items()).toEqual([]);
  });

  it('is given as the server has it', async () => {
    expect(JSON.parse((await coach.memory.export()) ?? '')).toEqual(
      server.kept
    );
  });

  it('stays as it is when a change fails, and a notice says so', async () => {
    await coach.memory.load();
    server.failure = new ServerProblem(500, 'Broken.', true);
    const change = { text: 'x', on: null };
    const correcting = coach.memory.correct('m1', change);
    expect(items()?.[0]?.text).toBe('x');
    expect(await correcting).toBe(false);
    const switching = coach.memory.switch(false);
    expect(ready(coach.state.memory)?.on).toBe(false);
    await switching;
    expect(ready(coach.state.memory)?.on).toBe(true);
    await coach.memory.forgetAll();
    await coach.memory.load();
    expect(items()).toEqual([memory()]);
    expect(model.state.notice).toEqual({ kind: 'problem', detail: 'Broken.' });
    expect(await coach.memory.export()).toBeNull();
  });

  it('takes back only the change that fails', async () => {
    server.kept.items.push(memory({ id: 'm2' }));
    await coach.memory.load();
    const fails: ((error: Error) => void)[] = [];
    const failing = () =>
      new Promise<never>((_, reject) => {
        fails.push(reject);
      });
    server.correct = failing;
    server.switchMemory = failing;
    const changes = [
      coach.memory.correct('m1', { text: 'x', on: null }),
      coach.memory.correct('m1', { text: null, on: false }),
      coach.memory.switch(false)
    ];
    await coach.memory.forget('m2');
    fails[0]?.(new Unreachable('gone'));
    await changes[0];
    expect(items()).toEqual([memory({ on: false })]);
    expect(ready(coach.state.memory)?.on).toBe(false);
    fails.slice(1).forEach(fail => {
      fail(new Unreachable('gone'));
    });
    await Promise.all(changes);
    expect(items()).toEqual([memory()]);
    expect(ready(coach.state.memory)?.on).toBe(true);
  });

  it('that cannot be loaded is a problem', async () => {
    server.failure = new ServerProblem(500, 'Broken.', true);
    await coach.memory.load();
    expect(coach.state.memory).toEqual({ phase: 'problem', detail: 'Broken.' });
  });
});
