import type { IRenderMime, IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { MimeModel } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import { removeMedia } from './media';
import type { IMarkdown } from './tools';

const MIME = 'text/markdown';
/** The registry, for texts that may come from a language model: they fetch nothing. */
export function withoutMedia(
  rendermime: IRenderMimeRegistry
): IRenderMimeRegistry {
  const { sanitizer } = rendermime;
  return rendermime.clone({
    sanitizer: {
      sanitize: (dirty, options) =>
        removeMedia(sanitizer.sanitize(dirty, options))
    }
  });
}

/** Markdown as JupyterLab draws it, in an element that is in the document. */
export class Markdown implements IMarkdown {
  constructor(
    rendermime: IRenderMimeRegistry,
    private readonly _host: HTMLElement
  ) {
    this._renderer = rendermime.createRenderer(MIME);
    Widget.attach(this._renderer, _host);
  }

  draw(text: string): Promise<void> {
    this._next = text;
    this._drawing ??= this._drawAll().finally(() => {
      this._drawing = null;
    });
    return this._drawing;
  }

  dispose(): void {
    this._renderer.dispose();
  }

  /** One after the other, so that an older text never replaces a newer one. */
  private async _drawAll(): Promise<void> {
    while (this._next !== null && !this._renderer.isDisposed) {
      const data = { [MIME]: this._next };
      this._next = null;
      // untrusted: the text may come from a language model
      await this._renderer.renderModel(new MimeModel({ data, trusted: false }));
    }
    // code scrolls sideways, so the keyboard must reach it
    for (const code of this._host.querySelectorAll('pre')) {
      code.tabIndex = 0;
    }
  }

  private readonly _renderer: IRenderMime.IRenderer;
  private _next: string | null = null;
  private _drawing: Promise<void> | null = null;
}
