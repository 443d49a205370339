import type { News, ProfileChange, ProfileState } from './schemas';

/** What the server knows of the learner and does about it. All rejections are `ServerProblem` or `Unreachable`. */
export interface ILearnerService {
  profile(): Promise<ProfileState>;
  /** All that is named is changed, or nothing. */
  change(change: ProfileChange): Promise<ProfileState>;
  /** What the learner was not told, oldest first. */
  news(): Promise<News[]>;
  /** Tell that it was told. */
  see(keys: readonly string[]): Promise<void>;
  /** Everything that is kept of the learner, as the text of a file. */
  archive(): Promise<string>;
  /** Take in such a text. */
  takeIn(text: string): Promise<void>;
  /** Delete everything that is kept of the learner. */
  erase(): Promise<void>;
}
