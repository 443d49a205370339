import { ServerProblem, Unreachable } from './service';
import type { Slot } from './slot';

/** Why something did not work, for the learner. */
export type Refusal =
  { kind: 'problem'; detail: string } | { kind: 'unreachable' };

export function refusalOf(error: unknown): Refusal {
  return error instanceof Unreachable
    ? { kind: 'unreachable' }
    : { kind: 'problem', detail: detailOf(error) };
}

/** What there is in place of something that could not be loaded. */
export function slotOf(error: unknown): Slot<never> {
  const none =
    error instanceof ServerProblem && error.status === 404 && error.ours;
  return { phase: none ? 'empty' : 'problem', detail: detailOf(error) };
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
