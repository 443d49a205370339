import type { ILearnerService } from '../learner-service';
import type {
  Badge,
  InterviewQuestion,
  News,
  Profile,
  ProfileChange,
  ProfileState,
  Skill
} from '../schemas';

export function profile(change: Partial<Profile> = {}): Profile {
  return {
    language: 'python',
    time_zone: 'UTC',
    skill: 'intermediate',
    goals: [],
    interests: [],
    style: 'questions',
    minutes: 20,
    frequency: 'daily',
    topics: [],
    placement: false,
    wish: '',
    level: null,
    adapt: true,
    memory: true,
    interview: 'open',
    ...change
  };
}

export function question(
  change: Partial<InterviewQuestion> = {}
): InterviewQuestion {
  return {
    name: 'goals',
    text: 'What do you want to be able to do?',
    note: 'In a few words.',
    kind: 'words',
    options: [],
    ...change
  };
}

/** One question of each kind; the first has one answer only. */
export const QUESTIONS: InterviewQuestion[] = [
  question({
    name: 'language',
    text: 'Which language?',
    kind: 'choice',
    options: [{ value: 'python', label: 'Python' }]
  }),
  question({
    name: 'skill',
    text: 'How well do you program?',
    kind: 'choice',
    options: [
      { value: 'beginner', label: 'I am beginning' },
      { value: 'intermediate', label: 'I can write small programs' }
    ]
  }),
  question({ name: 'placement', text: 'Find your level?', kind: 'yes-no' }),
  question(),
  question({ name: 'minutes', text: 'How many minutes?', kind: 'number' }),
  question({ name: 'time_zone', text: 'Which time zone?', kind: 'zone' })
];

export function known(
  own: Partial<Profile> = {},
  change: Partial<ProfileState> = {}
): ProfileState {
  return {
    profile: profile(own),
    questions: QUESTIONS,
    unanswered: ['skill', 'placement', 'goals', 'minutes', 'time_zone'],
    current_level: 'easy',
    levels: ['easy', 'medium'],
    all_topics: ['loops', 'two-pointers'],
    ...change
  };
}

export function skill(change: Partial<Skill> = {}): Skill {
  return {
    topic: 'loops',
    mean: 72.4,
    low: 60,
    high: 84,
    evidence: 5,
    mastered: false,
    last: '2026-10-16',
    due: '2026-12-03',
    ...change
  };
}

export function badge(change: Partial<Badge> = {}): Badge {
  return {
    key: 'streak-7',
    title: 'A week',
    text: 'A streak of 7 days.',
    icon: 'flame',
    earned: null,
    have: 3,
    need: 7,
    ...change
  };
}

export function news(change: Partial<News> = {}): News {
  return {
    key: 'streak-7',
    kind: 'badge',
    title: 'A week',
    text: 'A streak of 7 days.',
    day: '2026-10-20',
    ...change
  };
}

/** A server in memory: set its fields, or make it fail. */
export class MemoryLearner implements ILearnerService {
  state: ProfileState = known();
  told: News[] = [];
  file = '{"format": "jupyter-tutor"}';
  /** Every call is rejected with it. */
  failure: Error | null = null;
  /** What was called, in order. */
  calls: string[] = [];

  profile(): Promise<ProfileState> {
    return this._answer('profile', () => this.state);
  }

  change(change: ProfileChange): Promise<ProfileState> {
    return this._answer(`change ${JSON.stringify(change)}`, () => {
      const changed = { ...this.state.profile, ...change } as Profile;
      this.state = { ...this.state, profile: changed };
      return this.state;
    });
  }

  news(): Promise<News[]> {
    return this._answer('news', () => this.told);
  }

  async see(keys: readonly string[]): Promise<void> {
    await this._answer(`see ${keys.join(' ')}`, () => {
      this.told = this.told.filter(({ key }) => !keys.includes(key));
    });
  }

  archive(): Promise<string> {
    return this._answer('archive', () => this.file);
  }

  async takeIn(text: string): Promise<void> {
    await this._answer(`takeIn ${text}`, () => null);
  }

  async erase(): Promise<void> {
    await this._answer('erase', () => null);
  }

  private async _answer<T>(call: string, answer: () => T): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    if (this.failure) {
      throw this.failure;
    }
    return answer();
  }
}
