import React from 'react';

interface IFieldProps {
  id: string;
  /** Why the value was not kept; empty when it was. */
  refusal: string;
  note?: string;
  children: React.ReactNode;
}

/** What belongs to a control: a note on what it does, and why its value was refused. */
export function FieldNotes(props: IFieldProps): React.JSX.Element {
  const { id, refusal, note, children } = props;
  return (
    <>
      {children}
      {note && (
        <p id={`${id}-note`} className="jp-Tutor-facts">
          {note}
        </p>
      )}
      {refusal !== '' && (
        <p id={`${id}-refusal`} className="jp-Tutor-refusal" role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}

/** The attributes that tie a control to its notes. */
export function describe(
  id: string,
  refusal: string,
  note?: string
): React.AriaAttributes {
  const notes = [
    refusal === '' ? '' : `${id}-refusal`,
    note ? `${id}-note` : ''
  ];
  return {
    'aria-describedby': notes.filter(Boolean).join(' ') || undefined,
    'aria-invalid': refusal !== '' || undefined
  };
}
