import type {
  DailyDetail,
  Generation,
  ModelState,
  Progress,
  Submission
} from '../schemas';
import type { ITutorService, RunEvent, WritingEvent } from '../service';
import {
  daily,
  generation,
  languageModel,
  progress,
  submission
} from './samples';

/** A server in memory: set its fields, or make it fail. */
export class MemoryService implements ITutorService {
  dailies = new Map<string, DailyDetail>([['d1', daily()]]);
  todayId = 'd1';
  learner: Progress = progress();
  accepted: Submission = submission({ status: 'queued', verdict: null });
  events: RunEvent[] = [{ kind: 'done', submission: submission() }];
  helper: ModelState = languageModel();
  stages: WritingEvent[] = [
    { kind: 'done', status: 'written', problem: null, daily: 'd1' }
  ];
  /** Every call is rejected with it. */
  failure: Error | null = null;
  /** What was called, in order. */
  calls: string[] = [];
  /** Sources of the last submission. */
  sources: Record<string, string> = {};

  today(): Promise<DailyDetail> {
    return this._answer('today', () => this._daily(this.todayId));
  }

  daily(id: string): Promise<DailyDetail> {
    return this._answer(`daily ${id}`, () => this._daily(id));
  }

  progress(): Promise<Progress> {
    return this._answer('progress', () => this.learner);
  }

  open(id: string) {
    return this._answer(`open ${id}`, () => ({
      path: this._daily(id).path,
      created: true
    }));
  }

  submit(id: string, sources: Record<string, string>): Promise<Submission> {
    this.sources = sources;
    return this._answer(`submit ${id}`, () => this.accepted);
  }

  async *follow(submissionId: string): AsyncGenerator<RunEvent> {
    await this._answer(`follow ${submissionId}`, () => null);
    for (const event of this.events) {
      await Promise.resolve();
      yield event;
    }
  }

  skip(id: string): Promise<DailyDetail> {
    return this._answer(`skip ${id}`, () => daily({ id, status: 'skipped' }));
  }

  complete(id: string): Promise<DailyDetail> {
    return this._answer(`complete ${id}`, () =>
      daily({ id, status: 'completed' })
    );
  }

  async activity(id: string, seconds: number): Promise<void> {
    await this._answer(`activity ${id} ${seconds}`, () => null);
  }

  model(): Promise<ModelState> {
    return this._answer('model', () => this.helper);
  }

  generate(topic: string | null): Promise<Generation> {
    return this._answer(`generate ${topic ?? ''}`.trim(), () => generation());
  }

  async *followGeneration(id: string): AsyncGenerator<WritingEvent> {
    await this._answer(`followGeneration ${id}`, () => null);
    for (const event of this.stages) {
      await Promise.resolve();
      yield event;
    }
  }

  cancelGeneration(id: string): Promise<Generation> {
    return this._answer(`cancelGeneration ${id}`, () =>
      generation({ status: 'cancelled' })
    );
  }

  private async _answer<T>(call: string, answer: () => T): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    if (this.failure) {
      throw this.failure;
    }
    return answer();
  }

  private _daily(id: string): DailyDetail {
    const found = this.dailies.get(id);
    if (!found) {
      throw new Error(`There is no daily ${id}.`);
    }
    return found;
  }
}
