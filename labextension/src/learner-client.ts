import type { Connection } from './connection';
import type { ILearnerService } from './learner-service';
import type {
  ArchiveText,
  News,
  NoticesSeen,
  ProfileChange,
  ProfileState
} from './schemas';
import { Unreachable } from './service';

/** What the server extension keeps of the learner, over its REST interface. */
export class LearnerClient implements ILearnerService {
  constructor(private readonly _server: Connection) {}

  profile(): Promise<ProfileState> {
    return this._server.json('GET', 'profile');
  }

  change(change: ProfileChange): Promise<ProfileState> {
    return this._server.json('PATCH', 'profile', change);
  }

  news(): Promise<News[]> {
    return this._server.json('GET', 'notices');
  }

  async see(keys: readonly string[]): Promise<void> {
    const body: NoticesSeen = { keys: [...keys] };
    await this._server.request('POST', 'notices/seen', body);
  }

  async archive(): Promise<string> {
    const response = await this._server.request('GET', 'data');
    try {
      return await response.text();
    } catch (error) {
      throw new Unreachable('The answer broke off.', { cause: error });
    }
  }

  async takeIn(text: string): Promise<void> {
    const body: ArchiveText = { text };
    await this._server.request('PUT', 'data', body);
  }

  async erase(): Promise<void> {
    await this._server.request('DELETE', 'data');
  }
}
