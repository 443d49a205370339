import type {
  ChatMessage,
  ChatPage,
  DailyDetail,
  Memories,
  Speech
} from './schemas';
import type { SpeechEvent } from './coach-service';
import { ready } from './slot';
import type { Slot } from './slot';

/** What the tutor says, as far as it has arrived. */
export interface ISpeaking {
  text: string;
  /** Why what was said first was taken back; empty when it was not. */
  withdrawn: string;
  /** All of it; null while the tutor speaks. */
  whole: Speech | null;
}

export const SILENT: ISpeaking = { text: '', withdrawn: '', whole: null };

/** What was said about one exercise. */
export interface IChat {
  messages: Slot<readonly ChatMessage[]>;
  /** Leads to the messages before those; null when there are none. */
  earlier: string | null;
  /** What the learner is about to ask. */
  draft: string;
  /** The question that is being answered, and its answer so far. */
  asked: { question: string; answer: ISpeaking } | null;
}

export const NO_CHAT: IChat = {
  messages: { phase: 'loading' },
  earlier: null,
  draft: '',
  asked: null
};

/** A message that was looked for, and its exercise where that is known. */
export interface IHit {
  message: ChatMessage;
  daily: DailyDetail | null;
}

export interface ISearch {
  words: string;
  /** Null while it is looked for. */
  hits: readonly IHit[] | null;
}

/** All that the tutor says, and what it remembers; never changed in place. */
export interface ICoachState {
  /** The hint that is being given or was given last, by the id of the daily. */
  hints: Readonly<Record<string, ISpeaking>>;
  /** By the id of the daily. */
  chats: Readonly<Record<string, IChat>>;
  /** By the id of the submission. */
  feedback: Readonly<Record<string, ISpeaking>>;
  search: ISearch | null;
  memory: Slot<Memories>;
}

export const QUIET: ICoachState = {
  hints: {},
  chats: {},
  feedback: {},
  search: null,
  memory: { phase: 'loading' }
};

/** What was said after an event. */
export function advance(said: ISpeaking, event: SpeechEvent): ISpeaking {
  switch (event.kind) {
    case 'restart':
      return SILENT;
    case 'text':
      return { ...said, text: said.text + event.text };
    case 'withdrawn':
      return { ...said, text: '', withdrawn: event.reason };
    case 'done':
      return { ...said, text: event.speech.text, whole: event.speech };
  }
}

export function chatOf(state: ICoachState, dailyId: string): IChat {
  return state.chats[dailyId] ?? NO_CHAT;
}

/** The part of a conversation that is loaded. */
export type Loaded = Pick<IChat, 'messages' | 'earlier'>;

/** With the latest page; what was loaded before it stays where nothing is missing between the two. */
export function withLatest(chat: IChat, page: ChatPage): Loaded {
  const latest = [...page.items].reverse();
  const first = latest[0]?.number ?? 0;
  const before = (ready(chat.messages) ?? []).filter(m => m.number < first);
  return before.at(-1)?.number === first - 1
    ? loaded([...before, ...latest], chat.earlier)
    : loaded(latest, page.next_cursor);
}

/** With the page before what is loaded. */
export function withEarlier(chat: IChat, page: ChatPage): Loaded {
  const after = ready(chat.messages) ?? [];
  const first = after[0]?.number ?? Infinity;
  const before = page.items.filter(m => m.number < first).reverse();
  return loaded([...before, ...after], page.next_cursor);
}

/** Without the question at its end, which stands with the answer that is being given. */
export function withoutQuestion(chat: IChat, question: string): Loaded {
  const messages = ready(chat.messages) ?? [];
  const last = messages.at(-1);
  const isThere = last?.role === 'learner' && last.text === question;
  return loaded(isThere ? messages.slice(0, -1) : messages, chat.earlier);
}

function loaded(value: readonly ChatMessage[], earlier: string | null): Loaded {
  return { messages: { phase: 'ready', value }, earlier };
}

/** Whether a hint for the daily is on its way. */
export function isHinting(state: ICoachState, dailyId: string): boolean {
  return state.hints[dailyId]?.whole === null;
}
