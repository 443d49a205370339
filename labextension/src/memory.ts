import type { ICoachService } from './coach-service';
import type { Memories, Memory, MemoryChange } from './schemas';
import { ready } from './slot';
import type { Slot } from './slot';

/** What the keeper needs of the model that it works for. */
export interface IShelf {
  get: () => Slot<Memories>;
  set: (memory: Slot<Memories>) => void;
  /** Tell why an action of the learner failed. */
  fail: (error: unknown) => void;
}

/** Shows what is remembered of the learner, and changes it as the learner wishes. */
export class MemoryKeeper {
  constructor(
    private readonly _service: ICoachService,
    private readonly _shelf: IShelf
  ) {}

  async load(): Promise<void> {
    try {
      this._put(await this._service.memories());
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      if (ready(this._shelf.get())) {
        this._shelf.fail(error);
      } else {
        this._shelf.set({ phase: 'problem', detail });
      }
    }
  }

  /** Switch remembering on or off. */
  async switch(on: boolean): Promise<void> {
    const before = ready(this._shelf.get())?.on ?? on;
    // at once, because a box that is ticked late looks broken
    this._change(memories => ({ ...memories, on }));
    const done = await this._act(async () => {
      this._put(await this._service.switchMemory(on));
    });
    if (!done) {
      this._change(memories => ({ ...memories, on: before }));
    }
  }

  /** Whether it was corrected. */
  async correct(id: string, change: MemoryChange): Promise<boolean> {
    const { text, on } = change;
    const before = ready(this._shelf.get())?.items.find(m => m.id === id);
    this._replace(id, item => ({
      ...item,
      text: text ?? item.text,
      on: on ?? item.on
    }));
    const done = await this._act(async () => {
      const changed = await this._service.correct(id, change);
      this._replace(id, () => changed);
    });
    if (!done && before) {
      // and nothing else, which may have changed meanwhile
      this._replace(id, item => ({
        ...item,
        text: text == null ? item.text : before.text,
        on: on == null ? item.on : before.on
      }));
    }
    return done;
  }

  async forget(id: string): Promise<void> {
    await this._act(async () => {
      await this._service.forget(id);
      this._change(({ on, items }) => ({
        on,
        items: items.filter(item => item.id !== id)
      }));
    });
  }

  async forgetAll(): Promise<void> {
    await this._act(async () => {
      await this._service.forgetAll();
      this._change(({ on }) => ({ on, items: [] }));
    });
  }

  /** All of it as the server has it, as JSON; null when that failed. */
  async export(): Promise<string | null> {
    let json: string | null = null;
    await this._act(async () => {
      json = JSON.stringify(await this._service.memories(), null, 2);
    });
    return json;
  }

  private async _act(call: () => Promise<void>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      this._shelf.fail(error);
      return false;
    }
  }

  private _replace(id: string, change: (item: Memory) => Memory): void {
    this._change(({ on, items }) => ({
      on,
      items: items.map(item => (item.id === id ? change(item) : item))
    }));
  }

  private _change(change: (memories: Memories) => Memories): void {
    const memories = ready(this._shelf.get());
    if (memories) {
      this._put(change(memories));
    }
  }

  private _put(value: Memories): void {
    this._shelf.set({ phase: 'ready', value });
  }
}
