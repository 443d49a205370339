import { beforeEach, describe, expect, it } from 'vitest';
import { ActivityMeter, TICK } from './activity';

let reports: [string, number][];
let meter: ActivityMeter;
let now: number;
let fails: boolean;

beforeEach(() => {
  reports = [];
  fails = false;
  now = 1_000_000;
  meter = new ActivityMeter((daily, seconds) => {
    reports.push([daily, seconds]);
    return fails ? Promise.reject(new Error('offline')) : Promise.resolve();
  });
  meter.tick(now, 'd1');
});

/** Let time pass, with or without the learner doing something. */
function pass(seconds: number, daily: string | null, active = true): void {
  for (let i = 0; i < (seconds * 1000) / TICK; i++) {
    now += TICK;
    if (active) {
      meter.touch(now);
    }
    meter.tick(now, daily);
  }
}

describe('active time', () => {
  it('is reported every minute', () => {
    pass(125, 'd1');
    expect(reports).toEqual([
      ['d1', 60],
      ['d1', 60]
    ]);
  });

  it('ends a minute after the learner’s last key', () => {
    pass(5, 'd1');
    pass(600, 'd1', false);
    meter.flush();
    const total = reports.reduce((sum, [, seconds]) => sum + seconds, 0);
    expect(total).toBe(65);
  });

  it('does not count while no exercise is in front', () => {
    pass(120, null);
    expect(reports).toEqual([]);
  });

  it('is reported for the daily it belongs to when the notebook changes', () => {
    pass(30, 'd1');
    pass(70, 'd2');
    expect(reports).toEqual([
      ['d1', 30],
      ['d2', 60]
    ]);
  });

  it('does not count the sleep of the machine', () => {
    pass(5, 'd1');
    now += 3_600_000;
    meter.touch(now);
    meter.tick(now, 'd1');
    meter.flush();
    expect(reports).toEqual([['d1', 15]]);
  });

  it('that could not be reported is counted later', async () => {
    fails = true;
    pass(60, 'd1');
    await Promise.resolve();
    await Promise.resolve();
    fails = false;
    pass(5, 'd1');
    expect(reports).toEqual([
      ['d1', 60],
      ['d1', 65]
    ]);
  });
});
