/** After so many milliseconds without a key or a movement the learner is away. */
const AWAY = 60_000;
/** Between two ticks; a longer gap means that the machine slept. */
export const TICK = 5_000;
/** Milliseconds that are worth a report. */
const REPORT = 60_000;
/** The server takes so many seconds at once. */
const MOST = 300;

/** Adds up the time a learner is active on a daily, and reports it in whole seconds. */
export class ActivityMeter {
  constructor(
    private readonly _report: (daily: string, seconds: number) => Promise<void>
  ) {}

  /** The learner did something. */
  touch(now: number): void {
    this._touched = now;
  }

  /** Count the time since the last tick, for the daily that is in front of the learner, if any. */
  tick(now: number, daily: string | null): void {
    const passed = Math.min(now - this._ticked, 2 * TICK);
    this._ticked = now;
    if (daily !== this._daily) {
      this.flush();
      this._active = 0;
      this._daily = daily;
      return;
    }
    if (daily !== null && now - this._touched <= AWAY) {
      this._active += passed;
    }
    if (this._active >= REPORT) {
      this.flush();
    }
  }

  /** Report what has added up. What cannot be reported is counted with the next report. */
  flush(): void {
    const daily = this._daily;
    const seconds = Math.min(Math.floor(this._active / 1000), MOST);
    if (daily === null || seconds < 1) {
      return;
    }
    this._active -= 1000 * seconds;
    this._report(daily, seconds).catch(() => {
      if (this._daily === daily) {
        this._active = Math.min(this._active + 1000 * seconds, 1000 * MOST);
      }
    });
  }

  private _daily: string | null = null;
  private _active = 0;
  private _ticked = 0;
  private _touched = Number.NEGATIVE_INFINITY;
}
