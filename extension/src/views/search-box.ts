import { window } from 'vscode';

/**
 * Asks for a text that is looked for while it is typed.
 * @param onChange Told of each change; of what was there before, if the person gives up.
 */
export function searchBox(title: string, placeholder: string, value: string, onChange: (text: string) => void): void {
  const box = window.createInputBox();
  box.title = title;
  box.placeholder = placeholder;
  box.value = value;
  let isAccepted = false;
  box.onDidChangeValue(onChange);
  box.onDidAccept(() => {
    isAccepted = true;
    box.hide();
  });
  box.onDidHide(() => {
    if (!isAccepted && box.value !== value) onChange(value);
    box.dispose();
  });
  box.show();
}
