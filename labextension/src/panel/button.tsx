import React from 'react';

interface IButtonProps {
  children: React.ReactNode;
  onClick?: () => void;
  /** Sends its form, which Enter does too. */
  submit?: boolean;
  /** The one that the learner most likely wants. */
  primary?: boolean;
  /** One that should not tempt. */
  quiet?: boolean;
  disabled?: boolean;
  title?: string;
  buttonRef?: React.Ref<HTMLButtonElement>;
}

/** A button that keeps the focus while it is disabled. */
export function Button(props: IButtonProps): React.JSX.Element {
  const rank = props.primary ? ' jp-mod-accept' : '';
  const quiet = props.quiet ? ' jp-mod-quiet' : '';
  return (
    <button
      type={props.submit ? 'submit' : 'button'}
      ref={props.buttonRef}
      className={`jp-Tutor-button jp-mod-styled${rank}${quiet}`}
      aria-disabled={props.disabled ?? false}
      title={props.title}
      onClick={event => {
        if (props.disabled) {
          event.preventDefault();
        } else {
          props.onClick?.();
        }
      }}
    >
      {props.children}
    </button>
  );
}
