import type { Connection } from './connection';
import type { IServerEvent } from './events';
import type {
  ChatPage,
  DailyDetail,
  HelpRequest,
  Memories,
  Memory,
  MemoryChange,
  Question,
  Speech
} from './schemas';
import type { ICoachService, IScreen, SpeechEvent } from './coach-service';

/** Hits of a search. */
const MOST_FOUND = 20;

/** What the server extension says about the learner's work, over its REST interface. */
export class CoachClient implements ICoachService {
  constructor(private readonly _server: Connection) {}

  hint(dailyId: string, screen: IScreen): Promise<Speech> {
    const path = `dailies/${encodeURIComponent(dailyId)}/hints`;
    return this._server.json('POST', path, helpRequest(screen));
  }

  ask(dailyId: string, text: string, screen: IScreen): Promise<Speech> {
    const path = `dailies/${encodeURIComponent(dailyId)}/chat`;
    const body: Question = { text, ...helpRequest(screen) };
    return this._server.json('POST', path, body);
  }

  feedback(submissionId: string): Promise<Speech> {
    const path = `submissions/${encodeURIComponent(submissionId)}/feedback`;
    return this._server.json('POST', path, {});
  }

  speeches(dailyId: string): Promise<Speech[]> {
    const path = `dailies/${encodeURIComponent(dailyId)}/speeches`;
    return this._server.json('GET', path);
  }

  async *hear(speech: Speech): AsyncGenerator<SpeechEvent> {
    if (speech.status === 'done') {
      yield { kind: 'done', speech };
      return;
    }
    const path = `speeches/${encodeURIComponent(speech.id)}`;
    yield* this._server.follow<SpeechEvent>(path, speechEvent, async () => ({
      kind: 'done',
      speech: await this._server.poll<Speech>(
        path,
        ({ status }) => status === 'done'
      )
    }));
  }

  messages(dailyId: string, cursor?: string): Promise<ChatPage> {
    const path = `dailies/${encodeURIComponent(dailyId)}/chat`;
    const query = cursor && `?cursor=${encodeURIComponent(cursor)}`;
    return this._server.json('GET', path + (query ?? ''));
  }

  findMessages(words: string): Promise<ChatPage> {
    const query = `q=${encodeURIComponent(words)}&limit=${MOST_FOUND}`;
    return this._server.json('GET', `chat?${query}`);
  }

  daily(id: string): Promise<DailyDetail> {
    return this._server.json('GET', `dailies/${encodeURIComponent(id)}`);
  }

  memories(): Promise<Memories> {
    return this._server.json('GET', 'memory');
  }

  switchMemory(on: boolean): Promise<Memories> {
    return this._server.json('PUT', 'memory', { on });
  }

  correct(id: string, change: MemoryChange): Promise<Memory> {
    const path = `memory/${encodeURIComponent(id)}`;
    return this._server.json('PATCH', path, change);
  }

  async forget(id: string): Promise<void> {
    await this._server.request('DELETE', `memory/${encodeURIComponent(id)}`);
  }

  async forgetAll(): Promise<void> {
    await this._server.request('DELETE', 'memory');
  }
}

function helpRequest({ sources, path }: IScreen): HelpRequest {
  return { sources, path: path ?? null };
}

function speechEvent({ event, data }: IServerEvent): SpeechEvent | null {
  switch (event) {
    case 'text':
      return { kind: 'text', ...(JSON.parse(data) as { text: string }) };
    case 'withdrawn': {
      const { reason } = JSON.parse(data) as { reason: string };
      return { kind: 'withdrawn', reason };
    }
    case 'done':
      return { kind: 'done', speech: JSON.parse(data) as Speech };
    default:
      return null;
  }
}
