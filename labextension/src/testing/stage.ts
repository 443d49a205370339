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

  /** Leave a field, with what that does. */
  async leave(selector: string): Promise<void> {
    await act(async () => {
      this.host
        .querySelector(selector)
        ?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
      await Promise.resolve();
    });
  }

  /** Pick one of the options of a list. */
  async pick(selector: string, value: string): Promise<void> {
    const list = this.host.querySelector<HTMLSelectElement>(selector);
    if (list) {
      list.value = value;
    }
    await this.change(selector);
  }

  /** Tell that the value of a field is another one, and wait for what that does. */
  async change(selector: string): Promise<void> {
    await act(async () => {
      this.host
        .querySelector(selector)
        ?.dispatchEvent(new Event('change', { bubbles: true }));
      // files are read in a task of their own
      await new Promise(resolve => setTimeout(resolve, 0));
    });
  }

  /** Send a form by Enter. */
  async send(selector: string): Promise<void> {
    await act(async () => {
      this.host
        .querySelector(selector)
        ?.dispatchEvent(
          new Event('submit', { bubbles: true, cancelable: true })
        );
      await Promise.resolve();
    });
  }

  private _root: Root | null = null;
}
