import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { readEvents } from './events';
import type { IServerEvent } from './events';
import type { Problem } from './schemas';
import { ServerProblem, Unreachable } from './service';

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

/** Calls and event streams of the REST interface below `tutor/api/v1`. */
export class Connection {
  constructor(
    private readonly _settings: ServerConnection.ISettings = ServerConnection.makeSettings(),
    private readonly _patience: IPatience = PATIENCE
  ) {}

  /** Events as they come; a stream that breaks is opened again, and `last` has the last word. */
  async *follow<E extends { kind: string }>(
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
        for await (const event of this.stream(path, read)) {
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

  /** The events of one stream, until it ends or is silent for too long. */
  async *stream<E>(
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
      const response = await this.request(
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

  /** Ask again and again until it has ended. */
  async poll<T>(path: string, hasEnded: (found: T) => boolean): Promise<T> {
    const end = Date.now() + this._patience.giveUp;
    for (;;) {
      try {
        const found = await this.json<T>('GET', path);
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

  /** The JSON of an answer. Rejects with `ServerProblem` or `Unreachable`, as all calls do. */
  async json<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.request(method, path, body);
    try {
      return (await response.json()) as T;
    } catch {
      throw new Unreachable('The answer broke off.');
    }
  }

  async request(
    method: string,
    path: string,
    body?: object,
    signal?: AbortSignal
  ): Promise<Response> {
    const url = URLExt.join(this._settings.baseUrl, 'tutor/api/v1', path);
    const init: RequestInit = {
      method,
      signal,
      // asks the server again; Lab's own way of doing so adds to the query
      cache: 'no-cache',
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

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
