import type { ICoachService, IScreen, SpeechEvent } from '../coach-service';
import type {
  ChatMessage,
  ChatPage,
  DailyDetail,
  Memories,
  Memory,
  MemoryChange,
  Speech
} from '../schemas';
import { daily, memory, speech } from './samples';

/** Messages of a page. */
const PAGE = 3;

/** A coach's server in memory: set its fields, or make it fail. */
export class MemoryCoach implements ICoachService {
  /** What is heard of every speech; without any its end comes at once. */
  events: SpeechEvent[] = [];
  said: Speech = speech();
  underWay: Speech[] = [];
  /** Oldest first. */
  history: ChatMessage[] = [];
  found: ChatMessage[] = [];
  kept: Memories = { on: true, items: [memory()] };
  /** Every call is rejected with it. */
  failure: Error | null = null;
  /** What was called, in order. */
  calls: string[] = [];
  /** Of the last hint or question. */
  screen: IScreen | null = null;

  hint(dailyId: string, screen: IScreen): Promise<Speech> {
    this.screen = screen;
    return this._answer(`hint ${dailyId}`, () => this.said);
  }

  ask(dailyId: string, text: string, screen: IScreen): Promise<Speech> {
    this.screen = screen;
    return this._answer(`ask ${dailyId} ${text}`, () => this.said);
  }

  feedback(submissionId: string): Promise<Speech> {
    return this._answer(`feedback ${submissionId}`, () => this.said);
  }

  speeches(dailyId: string): Promise<Speech[]> {
    return this._answer(`speeches ${dailyId}`, () => this.underWay);
  }

  async *hear(whole: Speech): AsyncGenerator<SpeechEvent> {
    for (const event of this.events) {
      // long enough for each to be shown
      await new Promise(resolve => setTimeout(resolve, 1_000));
      yield event;
    }
    await new Promise(resolve => setTimeout(resolve, 1_000));
    yield { kind: 'done', speech: whole };
  }

  messages(dailyId: string, cursor?: string): Promise<ChatPage> {
    const call = ['messages', dailyId, cursor].filter(Boolean).join(' ');
    return this._answer(call, () => {
      const end = cursor ? Number(cursor) : this.history.length;
      const start = Math.max(0, end - PAGE);
      const items = this.history.slice(start, end).reverse();
      return { items, next_cursor: start > 0 ? String(start) : null };
    });
  }

  findMessages(words: string): Promise<ChatPage> {
    return this._answer(`findMessages ${words}`, () => ({
      items: this.found,
      next_cursor: null
    }));
  }

  daily(id: string): Promise<DailyDetail> {
    return this._answer(`daily ${id}`, () => daily({ id }));
  }

  memories(): Promise<Memories> {
    return this._answer('memories', () => this.kept);
  }

  switchMemory(on: boolean): Promise<Memories> {
    this.kept = { ...this.kept, on };
    return this._answer(`switchMemory ${String(on)}`, () => this.kept);
  }

  correct(id: string, { text, on }: MemoryChange): Promise<Memory> {
    return this._answer(`correct ${id}`, () =>
      memory({ id, ...(text && { text }), ...(on !== null && { on }) })
    );
  }

  async forget(id: string): Promise<void> {
    await this._answer(`forget ${id}`, () => null);
  }

  async forgetAll(): Promise<void> {
    await this._answer('forgetAll', () => null);
  }

  private async _answer<T>(call: string, answer: () => T): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    if (this.failure) {
      throw this.failure;
    }
    return answer();
  }
}
