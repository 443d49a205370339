import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { readEvents } from './events';
import type { IServerEvent } from './events';
import type {
  Activity,
  Check,
  DailyDetail,
  Generation,
  GenerationRequest,
  Hint,
  ModelState,
  Opened,
  Problem,
  Progress,
  Submission,
  SubmitRequest,
  Verdict
} from './schemas';
import { ServerProblem, Unreachable } from './service';
import type {
  IOutcome,
  ITutorService,
  RunEvent,
  WritingEvent
} from './service';

/** Milliseconds. */
export interface IPatience {
  /** Before a broken stream is opened again. */
  reconnect: number;
  /** A stream that is silent for so long counts as broken. */
  silence: number;
  /** Between two polls. */
  poll: number;
  /** After so long, polling gives up. */
  giveUp: number;
}

const PATIENCE: IPatience = {
  reconnect: 1_000,
  silence: 20_000,
  poll: 2_000,
  giveUp: 600_000
};
const STREAM_ATTEMPTS = 3;
/** What proxies and a hub answer when the server behind them does not. */
const NOBODY_HOME = [424, 502, 503, 504];

/** The REST interface of the server extension. */
export class TutorClient implements ITutorService {
  constructor(
    private readonly _settings: ServerConnection.ISettings = ServerConnection.makeSettings(),
    private readonly _patience: IPatience = PATIENCE
  ) {}

  today(): Promise<DailyDetail> {
    return this._json('GET', 'daily');
  }

  daily(id: string): Promise<DailyDetail> {
    return this._json('GET', `dailies/${encodeURIComponent(id)}`);
  }

  progress(): Promise<Progress> {
    return this._json('GET', 'progress');
  }

  open(id: string): Promise<Opened> {
    return this._json('POST', `dailies/${encodeURIComponent(id)}/open`, {});
  }

  submit(
    id: string,
    sources: Record<string, string>,
    notebook?: string
  ): Promise<Submission> {
    const body: SubmitRequest = { sources, path: notebook ?? null };
    const path = `dailies/${encodeURIComponent(id)}/submissions`;
    return this._json('POST', path, body);
  }

  hint(id: string): Promise<Hint> {
    return this._json('POST', `dailies/${encodeURIComponent(id)}/hints`, {});
  }

  skip(id: string): Promise<DailyDetail> {
    return this._json('POST', `dailies/${encodeURIComponent(id)}/skip`, {});
  }

  complete(id: string): Promise<DailyDetail> {
    return this._json('POST', `dailies/${encodeURIComponent(id)}/complete`, {});
  }

  async activity(id: string, seconds: number): Promise<void> {
    const body: Activity = { seconds };
    const path = `dailies/${encodeURIComponent(id)}/activity`;
    await this._request('POST', path, body);
  }

  model(): Promise<ModelState> {
    return this._json('GET', 'model');
  }

  generate(topic: string | null): Promise<Generation> {
    const body: GenerationRequest = { topic, kind: null, difficulty: null };
    return this._json('POST', 'generations', body);
  }

  cancelGeneration(generationId: string): Promise<Generation> {
    const path = `generations/${encodeURIComponent(generationId)}/cancel`;
    return this._json('POST', path, {});
  }

  async *follow(submissionId: string): AsyncGenerator<RunEvent> {
    const path = `submissions/${encodeURIComponent(submissionId)}`;
    yield* this._follow<RunEvent>(path, runEvent, async () => ({
      kind: 'done',
      submission: await this._poll<Submission>(
        path,
        ({ status }) => status === 'done' || status === 'failed'
      )
    }));
  }

  async *followGeneration(generationId: string): AsyncGenerator<WritingEvent> {
    const path = `generations/${encodeURIComponent(generationId)}`;
    yield* this._follow<WritingEvent>(path, writingEvent, async () => {
      await this._poll<Generation>(path, ({ status }) => status !== 'running');
      // only the stream tells how it ended; of what has ended it is short
      for await (const event of this._stream(path, writingEvent)) {
        if (event.kind === 'done') {
          return event;
        }
      }
      throw new Unreachable('The outcome did not arrive.');
    });
  }

  /** Events as they come; a stream that breaks is opened again, and `last` has the last word. */
  private async *_follow<E extends { kind: string }>(
    path: string,
    read: (event: IServerEvent) => E | null,
    last: () => Promise<E>
  ): AsyncGenerator<E | { kind: 'restart' }> {
    for (let attempt = 0; attempt < STREAM_ATTEMPTS; attempt++) {
      if (attempt > 0) {
        await pause(this._patience.reconnect * attempt);
        yield { kind: 'restart' };
      }
      try {
        for await (const event of this._stream(path, read)) {
          yield event;
          if (event.kind === 'done') {
            return;
          }
        }
      } catch (error) {
        if (isRefusal(error)) {
          throw error;
        }
      }
    }
    yield await last();
  }

  private async *_stream<E>(
    path: string,
    read: (event: IServerEvent) => E | null
  ): AsyncGenerator<E> {
    const abort = new AbortController();
    let watchdog = 0;
    const restartWatchdog = () => {
      window.clearTimeout(watchdog);
      watchdog = window.setTimeout(() => {
        abort.abort();
      }, this._patience.silence);
    };
    restartWatchdog();
    try {
      const response = await this._request(
        'GET',
        `${path}/events`,
        undefined,
        abort.signal
      );
      if (!response.body) {
        return;
      }
      for await (const event of readEvents(response.body, abort.signal)) {
        restartWatchdog();
        const known = read(event);
        if (known) {
          yield known;
        }
      }
    } finally {
      window.clearTimeout(watchdog);
      abort.abort();
    }
  }

  private async _poll<T>(
    path: string,
    hasEnded: (found: T) => boolean
  ): Promise<T> {
    const end = Date.now() + this._patience.giveUp;
    for (;;) {
      try {
        const found = await this._json<T>('GET', path);
        if (hasEnded(found)) {
          return found;
        }
      } catch (error) {
        if (isRefusal(error) || Date.now() > end) {
          throw error;
        }
      }
      if (Date.now() > end) {
        throw new Unreachable('The end did not come.');
      }
      await pause(this._patience.poll);
    }
  }

  private async _json<T>(
    method: string,
    path: string,
    body?: object
  ): Promise<T> {
    const response = await this._request(method, path, body);
    try {
      return (await response.json()) as T;
    } catch {
      throw new Unreachable('The answer broke off.');
    }
  }

  private async _request(
    method: string,
    path: string,
    body?: object,
    signal?: AbortSignal
  ): Promise<Response> {
    const url = URLExt.join(this._settings.baseUrl, 'tutor/api/v1', path);
    const init: RequestInit = {
      method,
      signal,
      headers: { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body)
    };
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, init, this._settings);
    } catch (error) {
      throw new Unreachable('The server did not answer.', { cause: error });
    }
    if (!response.ok) {
      throw await failure(response);
    }
    return response;
  }
}

/** Whether the server answered, and would answer the same again. */
function isRefusal(error: unknown): boolean {
  return error instanceof ServerProblem && error.status < 500;
}

async function failure(response: Response): Promise<Error> {
  const detail = await problemDetail(response);
  if (detail !== null) {
    return new ServerProblem(response.status, detail, true);
  }
  const said = `${response.status} ${response.statusText}`.trim();
  if (NOBODY_HOME.includes(response.status)) {
    return new Unreachable(said);
  }
  return new ServerProblem(
    response.status,
    `Jupyter Tutor did not answer (${said}). Restart the server; if that does not help, run \`jupyter tutor doctor\`.`,
    false
  );
}

/** The sentence of a problem document; null when something else than Jupyter Tutor answered. */
async function problemDetail(response: Response): Promise<string | null> {
  try {
    const { detail } = (await response.json()) as Partial<Problem>;
    return typeof detail === 'string' && detail !== '' ? detail : null;
  } catch {
    return null;
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

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
