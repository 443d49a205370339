import type {
  Check,
  DailyDetail,
  Generation,
  ModelState,
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

/** One thing that happens while the language model writes an exercise. */
export type WritingEvent =
  /** The stream broke; what follows starts again at the first stage. */
  | { kind: 'restart' }
  /** What is done, in which try, counted from 1. */
  | { kind: 'stage'; text: string; try: number; tries: number }
  /** Always the last event. */
  | ({ kind: 'done' } & IOutcome);

/** How writing ended. */
export interface IOutcome {
  status: Exclude<Generation['status'], 'running'>;
  /** Why it failed. */
  problem: string | null;
  /** The daily that became the exercise; null when it is kept for tomorrow. */
  daily: string | null;
}

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
  skip(id: string): Promise<DailyDetail>;
  complete(id: string): Promise<DailyDetail>;
  activity(id: string, seconds: number): Promise<void>;
  model(): Promise<ModelState>;
  /** Without a topic it is about what is due. */
  generate(topic: string | null): Promise<Generation>;
  followGeneration(generationId: string): AsyncIterable<WritingEvent>;
  cancelGeneration(generationId: string): Promise<Generation>;
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
