import type { Refusal } from './problems';
import type {
  Check,
  DailyDetail,
  ModelState,
  Progress,
  Submission
} from './schemas';
import { ready } from './slot';
import type { Slot } from './slot';
import type { Writing } from './writing';

/** A submission on its way. */
export interface IRun {
  stage: 'saving' | 'sending' | 'running';
  /** Steps done and to do; a total of 0 is not known yet. */
  done: number;
  total: number;
  /** What the server is doing. */
  text: string;
  /** In their order; after a broken stream the first `replayed` are known again. */
  checks: readonly Check[];
  replayed: number;
  /** Names of the checks, as the latest verdict knew them. */
  expected: readonly string[];
}

/** A sentence about the learner's last action. */
export type Notice =
  | Refusal
  | { kind: 'save-failed' }
  /** The daily of the notebook has become another exercise. */
  | { kind: 'replaced' };

export type Action = 'open' | 'skip' | 'complete';

/** All that the panel, the toolbar and the commands draw from; never changed in place. */
export interface ITutorState {
  today: Slot<DailyDetail>;
  /** The daily of the notebook in front of the learner; null when that is no exercise. */
  hereId: string | null;
  /** The exercise of that notebook, by its slug, where it says so. */
  hereSlug: string | null;
  here: Slot<DailyDetail>;
  progress: Slot<Progress>;
  languageModel: Slot<ModelState>;
  /** The exercise that is being written, or how the last one ended. */
  writing: Writing | null;
  /** By the id of the daily. */
  runs: Readonly<Record<string, IRun>>;
  /** What is being asked of the server. */
  busy: Action | null;
  notice: Notice | null;
  offline: boolean;
}

export const INITIAL: ITutorState = {
  today: { phase: 'loading' },
  hereId: null,
  hereSlug: null,
  here: { phase: 'loading' },
  progress: { phase: 'loading' },
  languageModel: { phase: 'loading' },
  writing: null,
  runs: {},
  busy: null,
  notice: null,
  offline: false
};

/** The daily that the panel shows: the notebook's, else today's. */
export function shownSlot(state: ITutorState): Slot<DailyDetail> {
  return state.hereId === null ? state.today : state.here;
}

export function shownDaily(state: ITutorState): DailyDetail | null {
  return ready(shownSlot(state));
}

/** What commands act on; known before the daily itself has arrived. */
export function targetId(state: ITutorState): string | null {
  return state.hereId ?? ready(state.today)?.id ?? null;
}

/** The notebook that a command is about: its daily, and its exercise by its slug, where that is known. */
export interface INotebookOf {
  id: string | null;
  slug: string | null;
}

/** A command names a notebook in its arguments, else it is about what the panel shows. */
export function notebookOf(
  state: ITutorState,
  args: { daily?: unknown; slug?: unknown }
): INotebookOf {
  const { daily, slug } = args;
  if (typeof daily === 'string') {
    return { id: daily, slug: typeof slug === 'string' ? slug : null };
  }
  return { id: targetId(state), slug: state.hereSlug };
}

/** Whether a notebook is that of an exercise which its daily was before. */
export function isReplaced(
  state: ITutorState,
  { id, slug }: INotebookOf
): boolean {
  const daily = id === null ? null : findDaily(state, id);
  return daily !== null && slug !== null && slug !== daily.slug;
}

export function findDaily(state: ITutorState, id: string): DailyDetail | null {
  const both = [ready(state.here), ready(state.today)];
  return both.find(daily => daily?.id === id) ?? null;
}

/** Whether the learner has neither completed nor skipped it. */
export function isUnfinished(daily: DailyDetail): boolean {
  return daily.status === 'pending' || daily.status === 'in_progress';
}

/** Whether the notebook in front is that of the daily, not of an exercise that the daily was before. */
export function isHere(state: ITutorState, daily: DailyDetail): boolean {
  const { hereId: id, hereSlug: slug } = state;
  return daily.id === id && !isReplaced(state, { id, slug });
}

export function canSubmit(state: ITutorState, id: string): boolean {
  const daily = findDaily(state, id);
  const written = daily
    ? daily.opened || isHere(state, daily)
    : id === state.hereId;
  return written && !(id in state.runs);
}

export function canHint(state: ITutorState, id: string): boolean {
  return findDaily(state, id) !== null;
}

/** Whether questions may be asked; as long as that is not known they may. */
export function canAsk(state: ITutorState, id: string): boolean {
  const model = ready(state.languageModel);
  return findDaily(state, id) !== null && model?.chat_on !== false;
}

export function canComplete(state: ITutorState, id: string): boolean {
  const daily = findDaily(state, id);
  return state.busy === null && daily !== null && isUnfinished(daily);
}

export function canSkip(state: ITutorState, id: string): boolean {
  const daily = findDaily(state, id);
  return (
    canComplete(state, id) && daily?.is_today === true && daily.skips_left > 0
  );
}

export function canGenerate(state: ITutorState): boolean {
  return ready(state.languageModel)?.off === '' && !isWriting(state);
}

export function canCancelGeneration({ writing }: ITutorState): boolean {
  return writing?.phase === 'running' && !writing.cancelling;
}

export function isWriting({ writing }: ITutorState): boolean {
  return writing?.phase === 'running';
}

/** Whether the server is still grading it. */
export function isRunning(submission: Submission | null): boolean {
  return submission?.status === 'queued' || submission?.status === 'running';
}
