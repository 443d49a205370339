/** Something the server was asked for. */
export type Slot<T> =
  | { phase: 'loading' }
  | { phase: 'ready'; value: T }
  /** The server has none, and says why. */
  | { phase: 'empty'; detail: string }
  /** The server could not give it, and says why. */
  | { phase: 'problem'; detail: string };

export function ready<T>(slot: Slot<T>): T | null {
  return slot.phase === 'ready' ? slot.value : null;
}
