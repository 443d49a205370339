import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';
import type { IScreen } from './coach-service';
import { refusalOf, slotOf } from './problems';
import { advance, startRun } from './run';
import type { DailyDetail, Hint, Submission } from './schemas';
import { Unreachable } from './service';
import type { ITutorService } from './service';
import { ready } from './slot';
import type { Slot } from './slot';
import { INITIAL, findDaily, isRunning } from './state';
import type { Action, IRun, ITutorState } from './state';
import { ExerciseWriter } from './writing';

/** What a submission is made of. */
export interface ICollected extends IScreen {
  /** Whether the notebook reached the disk. */
  saved: boolean;
}

const FIRST_RETRY = 5_000;
const LAST_RETRY = 60_000;

/** The learner's day as the server tells it. Every change replaces `state` and emits `changed`. */
export class TutorModel {
  constructor(private readonly _service: ITutorService) {
    this._writer = new ExerciseWriter(_service, {
      get: () => this._state.writing,
      set: writing => {
        this._set({ writing });
      },
      fail: error => {
        this.fail(error);
      }
    });
  }

  get state(): ITutorState {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  dispose(): void {
    this._disposed = true;
    clearTimeout(this._retryTimer);
    Signal.clearData(this);
  }

  /** Load everything again; when the server cannot be reached, keep trying. */
  async refresh(): Promise<void> {
    clearTimeout(this._retryTimer);
    const today = this._fill(
      () => this._service.today(),
      slot => {
        this._set({ today: this._keep(this._state.today, slot) });
        this._resume(ready(slot));
      }
    );
    const progress = this._loadProgress();
    const here = this._state.hereId;
    const reached = await Promise.all([
      today,
      progress,
      this.loadLanguageModel(),
      here === null || this._loadDaily(here)
    ]);
    if (reached.includes(false)) {
      this._goOffline();
    } else {
      this._retryDelay = FIRST_RETRY;
      this._set({ offline: false });
    }
  }

  /** Load everything as if nothing were known: what is kept of the learner is no longer the same. */
  async restart(): Promise<void> {
    const { hereId, hereSlug } = this._state;
    this._followed.clear();
    this._set({ ...INITIAL, hereId, hereSlug });
    await this.refresh();
  }

  /** Tell which daily the notebook in front of the learner belongs to, and which exercise it is. */
  async setHere(id: string | null, slug: string | null = null): Promise<void> {
    if (slug !== this._state.hereSlug) {
      this._set({ hereSlug: slug });
    }
    if (id === this._state.hereId) {
      return;
    }
    const known = id === null ? null : findDaily(this._state, id);
    const here: Slot<DailyDetail> = known
      ? { phase: 'ready', value: known }
      : { phase: 'loading' };
    this._set({ hereId: id, here, notice: null });
    if (id !== null && !(await this._loadDaily(id))) {
      this._goOffline();
    }
  }

  /** Make sure the notebook is there; gives its path, or null when that failed. */
  async open(id: string): Promise<string | null> {
    const opened = await this._act('open', () => this._service.open(id));
    if (opened) {
      void this._loadDaily(id);
    }
    return opened?.path ?? null;
  }

  /** A hint was given. */
  addHint(id: string, hint: Hint): void {
    const daily = findDaily(this._state, id);
    if (daily) {
      const others = daily.hints.filter(other => other.rung !== hint.rung);
      const hints = [...others, hint].sort((a, b) => a.rung - b.rung);
      this._store({ ...daily, hints, hints_asked: hints.length });
    }
  }

  async skip(id: string): Promise<void> {
    await this._finish('skip', () => this._service.skip(id));
  }

  async complete(id: string): Promise<void> {
    await this._finish('complete', () => this._service.complete(id));
  }

  /** Submit what `collect` gathers, and follow it to its verdict. A daily has one run at a time. */
  async submit(id: string, collect: () => Promise<ICollected>): Promise<void> {
    if (id in this._state.runs) {
      return;
    }
    const earlier = findDaily(this._state, id)?.latest ?? null;
    const run = startRun('saving', earlier);
    this._set({ notice: null });
    this._setRun(id, run);
    try {
      const { sources, saved, path } = await collect();
      this._setRun(id, { ...run, stage: 'sending' });
      const submission = await this._service.submit(id, sources, path);
      if (!saved) {
        this._set({ notice: { kind: 'save-failed' } });
      }
      this._followed.add(submission.id);
      await this._follow(submission, run);
    } catch (error) {
      this.fail(error);
    } finally {
      this._setRun(id, null);
    }
    await this._afterRun(id);
  }

  /** Have an exercise written about a topic, or about what is due when it is empty; follow it to its end. */
  async generate(topic: string): Promise<void> {
    await this._writer.write(topic);
    // the outcome may have changed today's exercise, and has taken tokens
    await this.refresh();
  }

  async cancelGeneration(): Promise<void> {
    await this._writer.cancel();
  }

  /** Tell that the notebook in front of the learner is no longer that of an exercise. */
  tellReplaced(): void {
    this._set({ notice: { kind: 'replaced' } });
  }

  dismissNotice(): void {
    this._set({ notice: null });
  }

  /** Follow a submission that was under way before this page knew of it. */
  private _resume(daily: DailyDetail | null): void {
    const latest = daily?.latest ?? null;
    const known = !daily || daily.id in this._state.runs;
    if (
      known ||
      !latest ||
      !isRunning(latest) ||
      this._followed.has(latest.id)
    ) {
      return;
    }
    const run = startRun('running', null);
    this._followed.add(latest.id);
    this._follow(latest, run)
      .catch((error: unknown) => {
        this.fail(error);
      })
      .finally(() => {
        this._setRun(daily.id, null);
        void this._afterRun(daily.id);
      });
  }

  /** Follow an exercise that was being written before this page knew of it. */
  private async _resumeWriting(id: string): Promise<void> {
    if (await this._writer.resume(id)) {
      await this.refresh();
    }
  }

  private async _follow(submission: Submission, first: IRun): Promise<void> {
    let run: IRun = { ...first, stage: 'running' };
    this._setRun(submission.daily_id, run);
    for await (const event of this._service.follow(submission.id)) {
      if (event.kind === 'done') {
        this._storeLatest(event.submission);
        return;
      }
      if (event.kind === 'verdict') {
        this._storeLatest({
          ...submission,
          status: 'done',
          verdict: event.verdict
        });
        this._setRun(submission.daily_id, null);
        continue;
      }
      run = advance(run, event);
      this._setRun(submission.daily_id, run);
    }
  }

  private _storeLatest(latest: Submission): void {
    const daily = findDaily(this._state, latest.daily_id);
    if (daily) {
      this._store({ ...daily, latest });
    }
  }

  /** A verdict changes the daily, the streak and perhaps the level. */
  private async _afterRun(id: string): Promise<void> {
    await Promise.all([this._loadDaily(id), this._loadProgress()]);
  }

  private async _finish(
    action: Action,
    call: () => Promise<DailyDetail>
  ): Promise<void> {
    const daily = await this._act(action, call);
    if (daily) {
      this._store(daily);
      await this._loadProgress();
    }
  }

  /** Run one action of the learner at a time; null when it failed, with a notice that says why. */
  private async _act<T>(
    action: Action,
    call: () => Promise<T>
  ): Promise<T | null> {
    if (this._state.busy !== null) {
      return null;
    }
    this._set({ busy: action, notice: null });
    try {
      const result = await call();
      this._set({ busy: null });
      return result;
    } catch (error) {
      this._set({ busy: null });
      this.fail(error);
      return null;
    }
  }

  /** Whether the server could be reached. */
  private async _loadDaily(id: string): Promise<boolean> {
    return this._fill(
      () => this._service.daily(id),
      slot => {
        if (slot.phase === 'ready') {
          this._store(slot.value);
          this._resume(slot.value);
        } else if (id === this._state.hereId) {
          this._set({ here: this._keep(this._state.here, slot) });
        }
      }
    );
  }

  private async _loadProgress(): Promise<boolean> {
    return this._fill(
      () => this._service.progress(),
      progress => {
        this._set({ progress: this._keep(this._state.progress, progress) });
      }
    );
  }

  /** Load whether a language model helps; whether the server could be reached. */
  async loadLanguageModel(): Promise<boolean> {
    return this._fill(
      () => this._service.model(),
      languageModel => {
        this._set({ languageModel });
        const writing = ready(languageModel)?.writing;
        if (writing) {
          void this._resumeWriting(writing.id);
        }
      }
    );
  }

  private async _fill<T>(
    call: () => Promise<T>,
    put: (slot: Slot<T>) => void
  ): Promise<boolean> {
    try {
      put({ phase: 'ready', value: await call() });
    } catch (error) {
      if (error instanceof Unreachable) {
        return false;
      }
      put(slotOf(error));
    }
    return true;
  }

  /** What was shown stays when loading it again fails; a notice says so. */
  private _keep<T>(old: Slot<T>, slot: Slot<T>): Slot<T> {
    if (slot.phase !== 'problem' || old.phase !== 'ready') {
      return slot;
    }
    this._set({ notice: { kind: 'problem', detail: slot.detail } });
    return old;
  }

  private _store(daily: DailyDetail): void {
    const slot: Slot<DailyDetail> = { phase: 'ready', value: daily };
    const { today, here, hereId } = this._state;
    this._set({
      today: ready(today)?.id === daily.id ? slot : today,
      here: hereId === daily.id ? slot : here
    });
  }

  /** Tell why an action of the learner failed. */
  fail(error: unknown): void {
    this._set({ notice: refusalOf(error) });
    if (error instanceof Unreachable) {
      this._goOffline();
    }
  }

  private _goOffline(): void {
    if (this._disposed) {
      return;
    }
    clearTimeout(this._retryTimer);
    this._retryTimer = setTimeout(() => void this.refresh(), this._retryDelay);
    this._retryDelay = Math.min(2 * this._retryDelay, LAST_RETRY);
    this._set({ offline: true });
  }

  private _setRun(id: string, run: IRun | null): void {
    const others = Object.entries(this._state.runs).filter(
      ([other]) => other !== id
    );
    const runs = Object.fromEntries(others);
    this._set({ runs: run ? { ...runs, [id]: run } : runs });
  }

  private _set(change: Partial<ITutorState>): void {
    if (!this._disposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  private _state = INITIAL;
  private readonly _writer: ExerciseWriter;
  private _disposed = false;
  /** Submissions that were followed once; to follow them again would bring the same. */
  private readonly _followed = new Set<string>();
  private _retryDelay = FIRST_RETRY;
  private _retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly _changed = new Signal<this, void>(this);
}
