import type {
  ChatMessage,
  Check,
  DailyDetail,
  Finding,
  Generation,
  Memory,
  ModelState,
  Progress,
  Speech,
  Submission,
  Verdict
} from '../schemas';

export function daily(change: Partial<DailyDetail> = {}): DailyDetail {
  return {
    id: 'd1',
    date: '2026-10-16',
    slug: 'two-sum',
    title: 'Two sum',
    kind: 'data-structure',
    difficulty: 'easy',
    language: 'python',
    topics: ['hashing'],
    objectives: ['Look a value up in constant time'],
    success_criteria: ['Works in one pass'],
    minutes: 15,
    status: 'in_progress',
    passed: false,
    path: 'tutor/2026-10-16-two-sum.ipynb',
    opened: true,
    hints_asked: 0,
    hints_total: 4,
    submissions: 0,
    best_score: null,
    active_seconds: 0,
    completed_at: null,
    hints: [],
    latest: null,
    is_today: true,
    skips_left: 2,
    because: [],
    ...change
  };
}

export function check(change: Partial<Check> = {}): Check {
  return {
    name: 'test_two_sum/1',
    status: 'passed',
    visible: true,
    points: 1,
    max_points: 1,
    message: '',
    duration_ms: 3,
    ...change
  };
}

export function verdict(change: Partial<Verdict> = {}): Verdict {
  return {
    status: 'graded',
    passed: true,
    points: 1,
    max_points: 1,
    score: 96.66,
    criteria: { correctness: 100, quality: null, efficiency: null, style: 90 },
    duration_ms: 48,
    checks: [check()],
    manual: [],
    message: '',
    protected: true,
    findings: [],
    ...change
  };
}

export function finding(change: Partial<Finding> = {}): Finding {
  return {
    criterion: 'style',
    cell: 'answer',
    line: 3,
    message: 'Compare with None by `is None`.',
    rule: 'E711',
    ...change
  };
}

export function submission(change: Partial<Submission> = {}): Submission {
  return {
    id: 's1',
    daily_id: 'd1',
    created_at: '2026-10-16T09:00:00Z',
    status: 'done',
    verdict: verdict(),
    problem: null,
    ...change
  };
}

export function languageModel(change: Partial<ModelState> = {}): ModelState {
  return {
    off: '',
    tokens: 1200,
    daily_tokens: 200000,
    chat_on: true,
    questions_left: 12,
    writing: null,
    ...change
  };
}

export function generation(change: Partial<Generation> = {}): Generation {
  return {
    id: 'g1',
    status: 'running',
    topic: 'queues',
    kind: 'data-structure',
    difficulty: 'easy',
    ...change
  };
}

export function speech(change: Partial<Speech> = {}): Speech {
  return {
    id: 'p1',
    daily_id: 'd1',
    kind: 'hint',
    status: 'done',
    text: 'Look.',
    source: 'author',
    rung: 1,
    of: 4,
    again: false,
    question: null,
    problem: null,
    ...change
  };
}

export function message(change: Partial<ChatMessage> = {}): ChatMessage {
  return {
    daily_id: 'd1',
    number: 1,
    role: 'learner',
    source: 'learner',
    text: 'Why?',
    at: '2026-10-16T09:00:00Z',
    ...change
  };
}

export function memory(change: Partial<Memory> = {}): Memory {
  return {
    id: 'm1',
    trait: 'misconception',
    text: 'Starts to count at 1.',
    evidence: 'A check failed',
    source: 'two-sum',
    at: '2026-10-16T09:00:00Z',
    seen: 2,
    on: true,
    ...change
  };
}

export function progress(change: Partial<Progress> = {}): Progress {
  const calendar: Progress['calendar'] = Array.from({ length: 20 }, (_, i) => ({
    date: `2026-10-${String(i + 1).padStart(2, '0')}`,
    status: i === 19 ? 'skipped' : 'completed',
    passed: i < 19,
    free: false,
    forgiven: false,
    late: false
  }));
  return {
    today: '2026-10-20',
    level: 'medium',
    level_history: [],
    completed: 12,
    passed: 10,
    current_streak: 3,
    longest_streak: 9,
    active_seconds: 3600,
    skips_left: 2,
    frequency: 'daily',
    streak_rule: 'Every day counts.',
    skills: [],
    badges: [],
    calendar,
    history: [],
    ...change
  };
}
