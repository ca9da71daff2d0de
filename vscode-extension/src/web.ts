// The extension in a browser: nothing can be started there, so functions are all it knows.
import * as vscode from "vscode";

import { registerFunctions } from "./functions";

export function activate(context: vscode.ExtensionContext): void {
  registerFunctions(context);
  const item = vscode.languages.createLanguageStatusItem("dtl.status", [{ language: "dtl" }, { language: "vrl" }]);
  item.text = "DTL in a browser: colours, snippets, functions";
  item.detail = "programs are checked in the desktop editor";
  context.subscriptions.push(item);
}
