import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepFresh } from './freshness';

const load = vi.fn();
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 9, 16, 23, 50) });
  load.mockClear();
  end = keepFresh(load);
});

afterEach(() => {
  end();
  vi.useRealTimers();
});

it('loads at once', () => {
  expect(load).toHaveBeenCalledTimes(1);
});

it('loads once when the local date changes', () => {
  vi.advanceTimersByTime(9 * 60_000);
  expect(load).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5 * 60_000);
  expect(load).toHaveBeenCalledTimes(2);
});

it('loads when the learner comes back after long, not before', () => {
  vi.setSystemTime(new Date(2026, 9, 16, 23, 55));
  window.dispatchEvent(new Event('focus'));
  expect(load).toHaveBeenCalledTimes(1);
  vi.setSystemTime(new Date(2026, 9, 17, 8, 0));
  window.dispatchEvent(new Event('focus'));
  expect(load).toHaveBeenCalledTimes(2);
});
