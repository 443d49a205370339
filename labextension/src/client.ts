import type { Connection } from './connection';
import type { IServerEvent } from './events';
import type {
  Activity,
  Check,
  DailyDetail,
  Generation,
  GenerationRequest,
  ModelState,
  Opened,
  Progress,
  Submission,
  SubmitRequest,
  Verdict
} from './schemas';
import { Unreachable } from './service';
import type {
  IOutcome,
  ITutorService,
  RunEvent,
  WritingEvent
} from './service';

/** The REST interface of the server extension. */
export class TutorClient implements ITutorService {
  constructor(private readonly _server: Connection) {}

  today(): Promise<DailyDetail> {
    return this._server.json('GET', 'daily');
  }

  daily(id: string): Promise<DailyDetail> {
    return this._server.json('GET', `dailies/${encodeURIComponent(id)}`);
  }

  progress(): Promise<Progress> {
    return this._server.json('GET', 'progress');
  }

  open(id: string): Promise<Opened> {
    return this._server.json(
      'POST',
      `dailies/${encodeURIComponent(id)}/open`,
      {}
    );
  }

  submit(
    id: string,
    sources: Record<string, string>,
    notebook?: string
  ): Promise<Submission> {
    const body: SubmitRequest = { sources, path: notebook ?? null };
    const path = `dailies/${encodeURIComponent(id)}/submissions`;
    return this._server.json('POST', path, body);
  }

  skip(id: string): Promise<DailyDetail> {
    return this._server.json(
      'POST',
      `dailies/${encodeURIComponent(id)}/skip`,
      {}
    );
  }

  complete(id: string): Promise<DailyDetail> {
    return this._server.json(
      'POST',
      `dailies/${encodeURIComponent(id)}/complete`,
      {}
    );
  }

  async activity(id: string, seconds: number): Promise<void> {
    const body: Activity = { seconds };
    const path = `dailies/${encodeURIComponent(id)}/activity`;
    await this._server.request('POST', path, body);
  }

  model(): Promise<ModelState> {
    return this._server.json('GET', 'model');
  }

  generate(topic: string | null): Promise<Generation> {
    const body: GenerationRequest = { topic, kind: null, difficulty: null };
    return this._server.json('POST', 'generations', body);
  }

  cancelGeneration(generationId: string): Promise<Generation> {
    const path = `generations/${encodeURIComponent(generationId)}/cancel`;
    return this._server.json('POST', path, {});
  }

  async *follow(submissionId: string): AsyncGenerator<RunEvent> {
    const path = `submissions/${encodeURIComponent(submissionId)}`;
    yield* this._server.follow<RunEvent>(path, runEvent, async () => ({
      kind: 'done',
      submission: await this._server.poll<Submission>(
        path,
        ({ status }) => status === 'done' || status === 'failed'
      )
    }));
  }

  async *followGeneration(generationId: string): AsyncGenerator<WritingEvent> {
    const path = `generations/${encodeURIComponent(generationId)}`;
    yield* this._server.follow<WritingEvent>(path, writingEvent, async () => {
      await this._server.poll<Generation>(
        path,
        ({ status }) => status !== 'running'
      );
      // only the stream tells how it ended; of what has ended it is short
      for await (const event of this._server.stream(path, writingEvent)) {
        if (event.kind === 'done') {
          return event;
        }
      }
      throw new Unreachable('The outcome did not arrive.');
    });
  }
}

function runEvent({ event, data }: IServerEvent): RunEvent | null {
  switch (event) {
    case 'progress':
      return {
        kind: 'progress',
        ...(JSON.parse(data) as { done: number; total: number; text: string })
      };
    case 'check':
      return { kind: 'check', check: JSON.parse(data) as Check };
    case 'verdict':
      return { kind: 'verdict', verdict: JSON.parse(data) as Verdict };
    case 'done':
      return { kind: 'done', submission: JSON.parse(data) as Submission };
    default:
      return null;
  }
}

function writingEvent({ event, data }: IServerEvent): WritingEvent | null {
  switch (event) {
    case 'stage': {
      const stage = JSON.parse(data) as Omit<
        WritingEvent & { kind: 'stage' },
        'kind'
      >;
      return { kind: 'stage', ...stage };
    }
    case 'done':
      return { kind: 'done', ...(JSON.parse(data) as IOutcome) };
    default:
      return null;
  }
}
