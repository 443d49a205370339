import type { Submission } from './schemas';
import type { RunEvent } from './service';
import type { IRun } from './state';

/** A run before anything came back; `earlier` tells the names of the checks to wait for. */
export function startRun(
  stage: IRun['stage'],
  earlier: Submission | null
): IRun {
  const expected = earlier?.verdict?.checks.map(check => check.name) ?? [];
  return {
    stage,
    done: 0,
    total: 0,
    text: '',
    checks: [],
    replayed: 0,
    expected
  };
}

/** The run after an event. Replayed checks replace what was there, so that nothing flickers. */
export function advance(
  run: IRun,
  event: Exclude<RunEvent, { kind: 'verdict' | 'done' }>
): IRun {
  switch (event.kind) {
    case 'restart':
      return { ...run, replayed: 0 };
    case 'progress':
      return {
        ...run,
        stage: 'running',
        done: event.done,
        total: event.total,
        text: event.text
      };
    case 'check': {
      const checks = [...run.checks];
      checks[run.replayed] = event.check;
      return { ...run, stage: 'running', checks, replayed: run.replayed + 1 };
    }
  }
}
