import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';
import type { ICoachService, IScreen } from './coach-service';
import { MemoryKeeper } from './memory';
import type { TutorModel } from './model';
import { Pace } from './pace';
import type { ChatMessage, ChatPage, Speech } from './schemas';
import { Unreachable } from './service';
import { ready } from './slot';
import { shownDaily } from './state';
import {
  NO_CHAT,
  QUIET,
  SILENT,
  advance,
  chatOf,
  isHinting,
  withEarlier,
  withLatest,
  withoutQuestion
} from './talk';
import type { IChat, ICoachState, IHit, ISpeaking, Loaded } from './talk';

/** Milliseconds between two looks at a text that grows. */
const BEAT = 200;

/** What the tutor says to the learner: hints, answers, feedback. Every change replaces `state` and emits `changed`. */
export class CoachModel {
  constructor(
    private readonly _service: ICoachService,
    private readonly _tutor: TutorModel
  ) {
    this.memory = new MemoryKeeper(_service, {
      get: () => this._state.memory,
      set: memory => {
        this._set({ memory });
      },
      fail: error => {
        _tutor.fail(error);
      }
    });
    _tutor.changed.connect(() => {
      this._attend();
    });
  }

  /** What is remembered of the learner. */
  readonly memory: MemoryKeeper;

  get state(): ICoachState {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  dispose(): void {
    this._disposed = true;
    Signal.clearData(this);
  }

  /** Load again what may have changed elsewhere. */
  async refresh(): Promise<void> {
    const daily = shownDaily(this._tutor.state);
    await Promise.all([
      daily && this._loadChat(daily.id),
      this._state.memory.phase === 'loading' || this.memory.load()
    ]);
  }

  /** Load everything as if nothing had been said: what is kept of the learner is no longer the same. */
  async restart(): Promise<void> {
    const { memory } = this._state;
    this._commented.clear();
    this._set({ ...QUIET, memory });
    await this.refresh();
  }

  /** Ask for the next hint, about the notebook as it is on the screen. One comes at a time. */
  async hint(id: string, screen: () => IScreen): Promise<void> {
    if (isHinting(this._state, id)) {
      return;
    }
    this._tutor.dismissNotice();
    await this._giveHint(id, () => this._service.hint(id, screen()));
  }

  private async _giveHint(
    id: string,
    begin: () => Promise<Speech>
  ): Promise<void> {
    this._setHint(id, SILENT);
    try {
      const said = await this._hear(await begin(), so => {
        this._setHint(id, so);
      });
      this._setHint(id, said);
      const { text, source, again, rung, of } = said.whole;
      if (!again && rung !== null && of !== null) {
        this._tutor.addHint(id, { rung, of, text, source });
      }
    } catch (error) {
      this._setHint(id, null);
      this._tutor.fail(error);
    }
  }

  /** Keep what the learner is about to ask. */
  draft(id: string, draft: string): void {
    this._setChat(id, { draft });
  }

  /** Ask a question. When that fails it becomes the draft again. */
  async ask(id: string, text: string, screen: () => IScreen): Promise<void> {
    const question = text.trim();
    if (question === '' || chatOf(this._state, id).asked) {
      return;
    }
    this._tutor.dismissNotice();
    this._setChat(id, { draft: '' });
    await this._giveAnswer(id, question, () =>
      this._service.ask(id, question, screen())
    );
  }

  private async _giveAnswer(
    id: string,
    question: string,
    begin: () => Promise<Speech>
  ): Promise<void> {
    const put = (answer: ISpeaking) => {
      this._setChat(id, { asked: { question, answer } });
    };
    put(SILENT);
    try {
      const said = await this._hear(await begin(), put);
      put(said);
      this._setChat(id, {
        ...(await this._afterAnswer(id, question, said.whole)),
        asked: null
      });
    } catch (error) {
      const { draft } = chatOf(this._state, id);
      this._setChat(id, {
        draft: draft.trim() ? `${question}\n\n${draft}` : question,
        asked: null
      });
      this._tutor.fail(error);
    }
    await this._tutor.loadLanguageModel();
  }

  /** Load what was said before all that is loaded. */
  async earlier(id: string): Promise<void> {
    const { earlier } = chatOf(this._state, id);
    if (earlier === null) {
      return;
    }
    try {
      const page = await this._service.messages(id, earlier);
      this._setChat(id, withEarlier(chatOf(this._state, id), page));
    } catch (error) {
      this._tutor.fail(error);
    }
  }

  /** Look for words in all conversations; none ends the search. */
  async search(words: string): Promise<void> {
    if (words.trim() === '') {
      this._set({ search: null });
      return;
    }
    const search = { words, hits: null };
    this._set({ search });
    try {
      const found = await this._service.findMessages(words.trim());
      const hits = await this._hits(found.items);
      if (this._state.search === search) {
        this._set({ search: { words, hits } });
      }
    } catch (error) {
      if (this._state.search === search) {
        this._set({ search: null });
      }
      this._tutor.fail(error);
    }
  }

  /** Each message with its exercise; one that cannot be loaded is missing. */
  private async _hits(messages: ChatMessage[]): Promise<IHit[]> {
    const ids = [...new Set(messages.map(message => message.daily_id))];
    const dailies = await Promise.all(
      ids.map(id => this._service.daily(id).catch(() => null))
    );
    return messages.map(message => ({
      message,
      daily: dailies[ids.indexOf(message.daily_id)] ?? null
    }));
  }

  /** Load the conversation and the feedback of what is shown. */
  private _attend(): void {
    const { runs, offline } = this._tutor.state;
    const daily = shownDaily(this._tutor.state);
    const back = this._offline && !offline;
    this._offline = offline;
    if (back) {
      // what failed is asked for again
      this._commented = new Set(Object.keys(this._state.feedback));
    }
    if (!daily) {
      return;
    }
    if (back || !(daily.id in this._state.chats)) {
      this._setChat(daily.id, {});
      void this._loadChat(daily.id);
    }
    const { latest } = daily;
    if (latest?.verdict?.checks.length && !(daily.id in runs)) {
      void this._loadFeedback(latest.id);
    }
  }

  private async _loadChat(id: string): Promise<void> {
    let page: ChatPage | null = null;
    let detail = '';
    // first, so that what ends meanwhile is among the messages
    const speeches = await this._service.speeches(id).catch(() => []);
    try {
      page = await this._service.messages(id);
    } catch (error) {
      detail = error instanceof Error ? error.message : String(error);
    }
    const chat = chatOf(this._state, id);
    if (chat.asked) {
      return; // what is being answered brings its messages with it
    }
    if (page) {
      this._setChat(id, withLatest(chat, page));
    } else if (!ready(chat.messages)) {
      this._setChat(id, { messages: { phase: 'problem', detail } });
    }
    speeches.forEach(speech => {
      this._goOn(id, speech);
    });
  }

  /** Follow what was begun before the page was loaded, or in a notebook. */
  private _goOn(id: string, speech: Speech): void {
    const { kind, question } = speech;
    const begin = () => Promise.resolve(speech);
    if (kind === 'hint' && !isHinting(this._state, id)) {
      void this._giveHint(id, begin);
    }
    const chat = chatOf(this._state, id);
    if (kind === 'answer' && question !== null && !chat.asked) {
      this._setChat(id, withoutQuestion(chat, question));
      void this._giveAnswer(id, question, begin);
    }
  }

  /** The conversation after an answer; when it cannot be loaded, what is known of it. */
  private async _afterAnswer(
    id: string,
    question: string,
    { text, source }: Speech
  ): Promise<Loaded> {
    try {
      const page = await this._service.messages(id);
      return withLatest(chatOf(this._state, id), page);
    } catch {
      const { messages, earlier } = chatOf(this._state, id);
      const before = ready(messages) ?? [];
      const number = (before.at(-1)?.number ?? 0) + 1;
      const shared = { daily_id: id, at: new Date().toISOString() };
      const asked = { ...shared, number, text: question };
      const answer = { ...shared, number: number + 1, text };
      return {
        messages: {
          phase: 'ready',
          value: [
            ...before,
            { ...asked, role: 'learner', source: 'learner' },
            {
              ...answer,
              role: 'tutor',
              source: source === 'model' ? 'model' : 'diagnosis'
            }
          ]
        },
        earlier
      };
    }
  }

  /** Feedback is asked for once; a verdict is no worse without it, so nothing is said when it fails. */
  private async _loadFeedback(submissionId: string): Promise<void> {
    if (this._commented.has(submissionId)) {
      return;
    }
    this._commented.add(submissionId);
    this._setFeedback(submissionId, SILENT);
    try {
      const speech = await this._service.feedback(submissionId);
      const said = await this._hear(speech, so => {
        this._setFeedback(submissionId, so);
      });
      this._setFeedback(submissionId, said);
    } catch {
      this._setFeedback(submissionId, null);
    }
  }

  /** Follow what is said to its end, which is given; rejects when nothing was said. Words that could not be kept stay. */
  private async _hear(
    speech: Speech,
    put: (said: ISpeaking) => void
  ): Promise<ISpeaking & { whole: Speech }> {
    let said = SILENT;
    const pace = new Pace(() => {
      put(said);
    }, BEAT);
    try {
      for await (const event of this._service.hear(speech)) {
        said = advance(said, event);
        if (event.kind === 'done') {
          const { problem, text } = event.speech;
          if (problem !== null) {
            const error = new Error(problem);
            if (text === '') {
              throw error;
            }
            this._tutor.fail(error);
          }
          return { ...said, whole: event.speech };
        }
        pace.ask();
      }
    } finally {
      pace.stop();
    }
    throw new Unreachable('The end did not come.');
  }

  private _setHint(id: string, said: ISpeaking | null): void {
    this._set({ hints: withOne(this._state.hints, id, said) });
  }

  private _setChat(id: string, change: Partial<IChat>): void {
    const chat = { ...NO_CHAT, ...this._state.chats[id], ...change };
    this._set({ chats: { ...this._state.chats, [id]: chat } });
  }

  private _setFeedback(id: string, said: ISpeaking | null): void {
    this._set({ feedback: withOne(this._state.feedback, id, said) });
  }

  private _set(change: Partial<ICoachState>): void {
    if (!this._disposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  private _state = QUIET;
  private _offline = false;
  /** Submissions that feedback was asked for. */
  private _commented = new Set<string>();
  private _disposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

/** The record with another value for `id`; without it for null. */
function withOne<T>(
  record: Readonly<Record<string, T>>,
  id: string,
  value: T | null
): Record<string, T> {
  const others = Object.entries(record).filter(([other]) => other !== id);
  return { ...Object.fromEntries(others), ...(value && { [id]: value }) };
}
