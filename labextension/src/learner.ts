import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';
import type { ILearnerService } from './learner-service';
import type { TutorModel } from './model';
import { refusalOf, slotOf } from './problems';
import type { Refusal } from './problems';
import type { News, ProfileChange, ProfileState } from './schemas';
import { ready } from './slot';
import type { Slot } from './slot';

/** What is known of the learner, and what the learner is told once; never changed in place. */
export interface ILearnerState {
  profile: Slot<ProfileState>;
  /** Not told yet, newest first. */
  news: readonly News[];
}

export const STRANGER: ILearnerState = {
  profile: { phase: 'loading' },
  news: []
};

/** Choices that change today's exercise or the progress. */
const FELT_AT_ONCE: readonly string[] = [
  'language',
  'time_zone',
  'skill',
  'frequency',
  'level',
  'interview'
] satisfies (keyof ProfileChange)[];

/** The learner's profile, news and data. Every change replaces `state` and emits `changed`. */
export class LearnerModel {
  constructor(
    private readonly _service: ILearnerService,
    private readonly _tutor: TutorModel
  ) {
    _tutor.changed.connect(() => {
      this._attend();
    });
  }

  get state(): ILearnerState {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when everything that is kept of the learner was deleted or taken in. */
  get replaced(): ISignal<this, void> {
    return this._replaced;
  }

  dispose(): void {
    this._disposed = true;
    Signal.clearData(this);
  }

  async load(): Promise<void> {
    await Promise.all([this._loadProfile(), this._loadNews()]);
  }

  /** Change the profile, one change after the other; null when it was kept, else why it was not. */
  change(change: ProfileChange): Promise<Refusal | null> {
    const changed = this._changes.then(() => this._change(change));
    this._changes = changed;
    return changed;
  }

  /** The learner sees these, which is told at once; they stay until others come or they are dismissed. */
  show(keys: readonly string[]): void {
    const fresh = keys.filter(key => !this._shown.has(key));
    for (const key of fresh) {
      this._shown.add(key);
    }
    this._tell(fresh);
  }

  /** Take away all that was shown. */
  dismissNews(): void {
    const news = this._state.news.filter(({ key }) => !this._shown.has(key));
    this._set({ news });
  }

  /** Everything that is kept of the learner, with what is being changed; null when that failed, with a notice that says
   * why. */
  async archive(): Promise<string | null> {
    await this._changes;
    try {
      return await this._service.archive();
    } catch (error) {
      this._tutor.fail(error);
      return null;
    }
  }

  /** Take in what was downloaded; null when it was, else why it was not. */
  async takeIn(text: string): Promise<Refusal | null> {
    await this._changes;
    try {
      await this._service.takeIn(text);
    } catch (error) {
      return refusalOf(error);
    }
    this._restart();
    return null;
  }

  /** Delete everything; when that fails a notice says why. */
  async erase(): Promise<void> {
    await this._changes;
    try {
      await this._service.erase();
    } catch (error) {
      this._tutor.fail(error);
      return;
    }
    this._restart();
  }

  private _restart(): void {
    this._shown.clear();
    this._set(STRANGER);
    this._replaced.emit();
  }

  /** The progress is loaded whenever something may have been reached: then there may be news. */
  private _attend(): void {
    const progress = ready(this._tutor.state.progress);
    if (progress !== null && progress !== this._progress) {
      void this.load();
    }
    this._progress = progress;
  }

  private async _loadProfile(): Promise<void> {
    const before = this._changeCount;
    let profile: ILearnerState['profile'];
    try {
      profile = { phase: 'ready', value: await this._service.profile() };
    } catch (error) {
      profile = slotOf(error);
    }
    // what was changed meanwhile is newer
    const late = this._changeCount > before;
    if (!late && (profile.phase === 'ready' || !ready(this._state.profile))) {
      this._set({ profile });
    }
  }

  private async _change(change: ProfileChange): Promise<Refusal | null> {
    this._changeCount += 1;
    try {
      const value = await this._service.change(change);
      this._changeCount += 1;
      this._set({ profile: { phase: 'ready', value } });
    } catch (error) {
      return refusalOf(error);
    }
    if (Object.keys(change).some(name => FELT_AT_ONCE.includes(name))) {
      void this._tutor.refresh();
    }
    return null;
  }

  /** News that fail to load come with the next ones. What was shown stays until others come. */
  private async _loadNews(): Promise<void> {
    const found = await this._service.news().catch(() => null);
    if (found === null) {
      return;
    }
    const fresh = found.filter(({ key }) => !this._shown.has(key)).reverse();
    if (fresh.length > 0) {
      this._set({ news: fresh });
    }
    // what the server did not hear is told again
    this._tell(found.map(({ key }) => key).filter(key => this._shown.has(key)));
  }

  private _tell(keys: readonly string[]): void {
    if (keys.length > 0) {
      this._service.see([...keys]).catch(() => undefined);
    }
  }

  private _set(change: Partial<ILearnerState>): void {
    if (!this._disposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  private _state = STRANGER;
  private _progress: object | null = null;
  private _changes: Promise<unknown> = Promise.resolve();
  private _changeCount = 0;
  private readonly _shown = new Set<string>();
  private _disposed = false;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _replaced = new Signal<this, void>(this);
}
