import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import type { IScreen } from './coach-service';
import type { ICollected } from './model';
import { METADATA_KEY } from './tokens';

/** The id of the daily that a notebook belongs to; null for any other notebook. */
export function dailyOf(model: INotebookModel | null): string | null {
  return textOf(model, 'daily');
}

/** Which exercise a notebook is; a daily may become another one. */
export function slugOf(model: INotebookModel | null): string | null {
  return textOf(model, 'slug');
}

function textOf(
  model: INotebookModel | null,
  key: 'daily' | 'slug'
): string | null {
  const metadata: unknown = model?.getMetadata(METADATA_KEY);
  if (typeof metadata !== 'object' || metadata === null) {
    return null;
  }
  const text = (metadata as Record<typeof key, unknown>)[key];
  return typeof text === 'string' && text !== '' ? text : null;
}

/** What is on the screen, by cell id. */
export function codeSources(model: INotebookModel): Record<string, string> {
  const sources: Record<string, string> = {};
  for (const cell of model.cells) {
    if (cell.type === 'code') {
      sources[cell.id] = cell.sharedModel.getSource();
    }
  }
  return sources;
}

/** What is on the screen, saved or not. */
export function screenOf(panel: NotebookPanel): IScreen {
  const { model } = panel.content;
  const sources = model ? codeSources(model) : {};
  return { sources, path: panel.context.localPath };
}

/** Save the notebook and gather its sources. The sources count even when saving fails. */
export async function collect(panel: NotebookPanel): Promise<ICollected> {
  let saved = true;
  try {
    await panel.context.save();
  } catch {
    saved = false;
  }
  return { ...screenOf(panel), saved };
}

/** Call `listener` now and whenever the notebook may have become, or ceased to be, an exercise. */
export function watchDaily(
  panel: NotebookPanel,
  listener: (daily: string | null) => void
): void {
  let watched: INotebookModel | null = null;
  const tell = () => {
    if (!panel.isDisposed) {
      listener(dailyOf(panel.content.model));
    }
  };
  const watch = () => {
    watched?.metadataChanged.disconnect(tell);
    watched = panel.content.model;
    watched?.metadataChanged.connect(tell);
    tell();
  };
  panel.content.modelChanged.connect(watch);
  void panel.context.ready.then(tell);
  watch();
}
