import type { components } from './api';

// Short names for the generated types.
type Schemas = components['schemas'];

export type Activity = Schemas['Activity'];
export type ArchiveText = Schemas['ArchiveText'];
export type Badge = Schemas['Badge'];
export type ChatMessage = Schemas['ChatMessage'];
export type ChatPage = Schemas['ChatPage'];
export type Check = Schemas['Check'];
export type Criteria = Schemas['Criteria'];
export type DailyDetail = Schemas['DailyDetail'];
export type Day = Schemas['Day'];
export type Finding = Schemas['Finding'];
export type Generation = Schemas['Generation'];
export type GenerationRequest = Schemas['GenerationRequest'];
export type HelpRequest = Schemas['HelpRequest'];
export type Hint = Schemas['Hint'];
export type InterviewQuestion = Schemas['InterviewQuestion'];
export type LevelChange = Schemas['LevelChange'];
export type Memories = Schemas['Memories'];
export type Memory = Schemas['Memory'];
export type MemoryChange = Schemas['MemoryChange'];
export type ModelState = Schemas['ModelState'];
export type News = Schemas['Notice'];
export type NoticesSeen = Schemas['NoticesSeen'];
export type Opened = Schemas['Opened'];
export type Problem = Schemas['Problem'];
export type Profile = Schemas['Profile'];
export type ProfileState = Schemas['ProfileState'];
export type Progress = Schemas['Progress'];
export type Question = Schemas['Question'];
export type Skill = Schemas['Skill'];
export type Speech = Schemas['Speech'];
export type Submission = Schemas['Submission'];
export type SubmitRequest = Schemas['SubmitRequest'];
export type Verdict = Schemas['Verdict'];

/** Choices of the learner; what is not named stays. */
export type ProfileChange = Partial<Schemas['ProfileChange']>;
