import type { ITutorService, WritingEvent } from './service';
import { ServerProblem, Unreachable } from './service';

/** An exercise that the language model writes. */
export interface IRunningWriting {
  phase: 'running';
  /** Null until the server has taken the task. */
  id: string | null;
  /** What the server is doing, in which try, counted from 1; empty before the first stage. */
  text: string;
  try: number;
  tries: number;
  cancelling: boolean;
}

export type Writing =
  | IRunningWriting
  /** As the learner's exercise of today, or kept for tomorrow. */
  | { phase: 'written'; today: boolean }
  | { phase: 'failed'; problem: string }
  /** The server did not take the task. */
  | { phase: 'refused'; problem: string }
  /** Nobody knows: the server could not be reached any more. */
  | { phase: 'lost' }
  | { phase: 'cancelled' };

const FIRST: IRunningWriting = {
  phase: 'running',
  id: null,
  text: '',
  try: 1,
  tries: 1,
  cancelling: false
};

/** What the writer needs of the model that it works for. */
export interface IDesk {
  get: () => Writing | null;
  set: (writing: Writing) => void;
  /** Tell why an action of the learner failed. */
  fail: (error: unknown) => void;
}

/** Has one exercise at a time written, follows it to its end, and stops it. */
export class ExerciseWriter {
  constructor(
    private readonly _service: ITutorService,
    private readonly _desk: IDesk
  ) {}

  /** Resolves when it has ended. Does nothing while another one is written. */
  async write(topic: string): Promise<void> {
    if (this._running()) {
      return;
    }
    this._desk.set(FIRST);
    try {
      const { id } = await this._service.generate(topic.trim() || null);
      this._update({ id });
      if (this._running()?.cancelling) {
        await this._stop(id);
      }
      await this._follow(id);
    } catch (error) {
      this._desk.set(broken(error, this._running()?.id ?? null));
    }
  }

  /** Follow one that was under way before this page knew of it; whether it was seen to its end. */
  async resume(id: string): Promise<boolean> {
    if (this._running() || id === this._endedId) {
      return false;
    }
    this._desk.set({ ...FIRST, id });
    try {
      await this._follow(id);
    } catch (error) {
      this._desk.set(broken(error, id));
    }
    return id === this._endedId;
  }

  /** Stop writing, also before the server has taken the task. */
  async cancel(): Promise<void> {
    const running = this._running();
    if (!running || running.cancelling) {
      return;
    }
    this._update({ cancelling: true });
    if (running.id !== null) {
      await this._stop(running.id);
    }
  }

  private async _follow(id: string): Promise<void> {
    for await (const event of this._service.followGeneration(id)) {
      if (event.kind === 'done') {
        this._endedId = id;
      }
      this._take(event);
    }
  }

  private async _stop(id: string): Promise<void> {
    try {
      await this._service.cancelGeneration(id);
    } catch (error) {
      this._update({ cancelling: false });
      this._desk.fail(error);
    }
  }

  private _take(event: WritingEvent): void {
    if (event.kind === 'stage') {
      this._update({ text: event.text, try: event.try, tries: event.tries });
    } else if (event.kind === 'done') {
      this._desk.set(ended(event));
    }
  }

  private _update(change: Partial<IRunningWriting>): void {
    const running = this._running();
    if (running) {
      this._desk.set({ ...running, ...change });
    }
  }

  private _running(): IRunningWriting | null {
    const writing = this._desk.get();
    return writing?.phase === 'running' ? writing : null;
  }

  /** The one that ended last: what the server said of it before that is no news. */
  private _endedId: string | null = null;
}

function ended(event: WritingEvent & { kind: 'done' }): Writing {
  switch (event.status) {
    case 'written':
      return { phase: 'written', today: event.daily !== null };
    case 'cancelled':
      return { phase: 'cancelled' };
    case 'failed':
      return { phase: 'failed', problem: event.problem ?? '' };
  }
}

/** The end that an error makes of it; `id` is null when the server never took the task. */
function broken(error: unknown, id: string | null): Writing {
  const problem = error instanceof ServerProblem ? error.message : '';
  if (id === null) {
    return { phase: 'refused', problem };
  }
  return error instanceof Unreachable
    ? { phase: 'lost' }
    : { phase: 'failed', problem };
}
