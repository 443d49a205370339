/** Give the learner a file. */
export function saveFile(name: string, json: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([json], { type: 'application/json' })
  );
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
