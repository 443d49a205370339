/** Calls of something that is to happen at most once in so many milliseconds. */
export class Pace {
  constructor(
    private readonly _call: () => void,
    private readonly _gap: number
  ) {}

  /** Call soon, once for all that ask meanwhile. */
  ask(): void {
    this._timer ??= setTimeout(() => {
      this._timer = undefined;
      this._call();
    }, this._gap);
  }

  /** Forget the call that was asked for. */
  stop(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
  }

  private _timer: ReturnType<typeof setTimeout> | undefined;
}
