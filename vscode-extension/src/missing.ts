// What to say when the command is not there.
import * as vscode from "vscode";

import { readSettings } from "./settings";

export async function sayMissing(): Promise<void> {
  const choice = await vscode.window.showErrorMessage(
    `The command "${readSettings().path}" was not found. Install it with: pip install dtl-lang`,
    "Open Settings",
  );
  if (choice !== undefined) await vscode.commands.executeCommand("workbench.action.openSettings", "dtl.path");
}
