import type {
  Check,
  DailyDetail,
  Hint,
  Opened,
  Progress,
  Submission,
  Verdict
} from './schemas';

/** One thing that happens while a submission is graded. */
export type RunEvent =
  /** The stream broke; what follows starts again at the first check. */
  | { kind: 'restart' }
  | { kind: 'progress'; done: number; total: number; text: string }
  | { kind: 'check'; check: Check }
  /** What will be stored. */
  | { kind: 'verdict'; verdict: Verdict }
  /** Always the last event. */
  | { kind: 'done'; submission: Submission };

/** What the model needs from the server. All rejections are `ServerProblem` or `Unreachable`. */
export interface ITutorService {
  today(): Promise<DailyDetail>;
  daily(id: string): Promise<DailyDetail>;
  progress(): Promise<Progress>;
  open(id: string): Promise<Opened>;
  submit(
    id: string,
    sources: Record<string, string>,
    path?: string
  ): Promise<Submission>;
  follow(submissionId: string): AsyncIterable<RunEvent>;
  hint(id: string): Promise<Hint>;
  skip(id: string): Promise<DailyDetail>;
  complete(id: string): Promise<DailyDetail>;
  activity(id: string, seconds: number): Promise<void>;
}

/** The server answered with an error; the message is a sentence for the learner. */
export class ServerProblem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    /** Whether Jupyter Tutor itself said so, not something in front of it. */
    readonly ours: boolean
  ) {
    super(detail);
  }
}

/** No server answered. */
export class Unreachable extends Error {}
