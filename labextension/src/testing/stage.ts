import React, { act } from 'react';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, vi } from 'vitest';

/** A document in which a test draws, and what it looks for and does there. */
export class Stage {
  host = document.createElement('div');

  /** A stage that is new for each test of a file. */
  static forEachTest(): Stage {
    const stage = new Stage();
    beforeEach(() => {
      vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
      vi.clearAllMocks();
      stage.host = document.createElement('div');
      document.body.append(stage.host);
      stage._root = createRoot(stage.host);
    });
    afterEach(() => {
      act(() => {
        stage._root?.unmount();
      });
      stage.host.remove();
      vi.unstubAllGlobals();
    });
    return stage;
  }

  /** Draw, and wait for Markdown, which is drawn asynchronously. */
  async draw(element: React.JSX.Element): Promise<void> {
    await act(async () => {
      this._root?.render(element);
      await Promise.resolve();
    });
  }

  text(selector: string): string {
    return this.host.querySelector(selector)?.textContent ?? '';
  }

  texts(selector: string): string[] {
    return [...this.host.querySelectorAll(selector)].map(
      element => element.textContent
    );
  }

  button(label: string): HTMLButtonElement | undefined {
    return [...this.host.querySelectorAll('button')].find(
      button => button.textContent === label
    );
  }

  async click(element: HTMLElement | undefined | null): Promise<void> {
    await act(async () => {
      element?.click();
      await Promise.resolve();
    });
  }

  /** Type into a field, in place of what is there. */
  write(selector: string, value: string): void {
    const field = this.host.querySelector<
      HTMLInputElement | HTMLTextAreaElement
    >(selector);
    const { prototype } =
      field instanceof HTMLInputElement
        ? HTMLInputElement
        : HTMLTextAreaElement;
    act(() => {
      // React watches the property of the element itself
      Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(
        field,
        value
      );
      field?.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  private _root: Root | null = null;
}
