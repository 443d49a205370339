import type {
  ChatPage,
  DailyDetail,
  Memories,
  Memory,
  MemoryChange,
  Speech
} from './schemas';

/** A notebook as it is on the screen; without sources the saved one counts. */
export interface IScreen {
  /** Sources of the code cells, by cell id. */
  sources: Record<string, string>;
  /** Where it is, which a rename may have changed. */
  path?: string;
}

/** One thing that happens while the tutor speaks. */
export type SpeechEvent =
  /** The stream broke; what follows starts again at the first word. */
  | { kind: 'restart' }
  | { kind: 'text'; text: string }
  /** All text before it is taken back; the reason is a sentence for the learner. */
  | { kind: 'withdrawn'; reason: string }
  /** Always the last event. */
  | { kind: 'done'; speech: Speech };

/** What the coach needs from the server. All rejections are `ServerProblem` or `Unreachable`. */
export interface ICoachService {
  hint(dailyId: string, screen: IScreen): Promise<Speech>;
  ask(dailyId: string, text: string, screen: IScreen): Promise<Speech>;
  feedback(submissionId: string): Promise<Speech>;
  /** What is being said about a daily. */
  speeches(dailyId: string): Promise<Speech[]>;
  hear(speech: Speech): AsyncIterable<SpeechEvent>;
  /** The latest page, or the one before it that its cursor leads to. */
  messages(dailyId: string, cursor?: string): Promise<ChatPage>;
  /** The latest page of those in all conversations. */
  findMessages(words: string): Promise<ChatPage>;
  daily(id: string): Promise<DailyDetail>;
  memories(): Promise<Memories>;
  switchMemory(on: boolean): Promise<Memories>;
  correct(id: string, change: MemoryChange): Promise<Memory>;
  forget(id: string): Promise<void>;
  forgetAll(): Promise<void>;
}
