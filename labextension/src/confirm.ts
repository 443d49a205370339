import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { DailyDetail } from './schemas';

/** Whether the learner wants to complete an exercise, knowing what that means. */
export async function confirmComplete(
  daily: DailyDetail,
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Mark “%1” as complete?', daily.title),
    body: daily.passed
      ? trans.__('You passed every check. This closes the exercise.')
      : trans.__(
          'You have not passed every check. The exercise will count as done, but completing without passing earns no streak. You can still submit it later.'
        ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Keep working') }),
      Dialog.okButton({ label: trans.__('Mark as complete') })
    ]
  });
  return button.accept;
}

/** Whether the learner wants to skip an exercise, knowing what that costs. */
export async function confirmSkip(
  daily: DailyDetail,
  trans: TranslationBundle
): Promise<boolean> {
  const left = trans._n(
    'You have %1 skip left this week, and this uses it.',
    'You have %1 skips left this week, and this uses one.',
    daily.skips_left
  );
  const { button } = await showDialog({
    title: trans.__('Skip “%1”?', daily.title),
    defaultButton: 0,
    body: `${left} ${trans.__('A skipped exercise counts as not done.')}`,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Keep working') }),
      Dialog.warnButton({ label: trans.__('Skip') })
    ]
  });
  return button.accept;
}

/** Whether the learner wants all that is remembered to be gone. */
export async function confirmForgetAll(
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Forget everything?'),
    defaultButton: 0,
    body: trans.__(
      'The tutor forgets all that it remembers of you. Your exercises, results and conversations stay.'
    ),
    buttons: [
      Dialog.cancelButton(),
      Dialog.warnButton({ label: trans.__('Forget everything') })
    ]
  });
  return button.accept;
}

/** Whether the learner wants everything that is kept to be gone. */
export async function confirmErase(trans: TranslationBundle): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Delete everything?'),
    defaultButton: 0,
    body: trans.__(
      'Your profile, exercises, submissions, results, streak, badges, conversations and all that the tutor remembers are deleted. It cannot be undone: download everything first if you may want it back. The notebooks in your folder stay.'
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Keep everything') }),
      Dialog.warnButton({ label: trans.__('Delete everything') })
    ]
  });
  return button.accept;
}
