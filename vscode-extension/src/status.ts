// The item in the status bar: whether the language server runs.
import * as vscode from "vscode";

export class Status {
  private readonly item: vscode.LanguageStatusItem;

  constructor(context: vscode.ExtensionContext) {
    this.item = vscode.languages.createLanguageStatusItem("dtl.status", [{ language: "dtl" }, { language: "vrl" }]);
    this.item.name = "DTL";
    this.item.command = { command: "dtl.restartServer", title: "Restart" };
    context.subscriptions.push(this.item);
    this.starting();
  }

  starting(): void {
    this.set("DTL: starting", vscode.LanguageStatusSeverity.Information, true);
  }

  running(version: string): void {
    this.set(version || "DTL", vscode.LanguageStatusSeverity.Information);
  }

  stopped(): void {
    this.set("DTL: the server is not running", vscode.LanguageStatusSeverity.Error);
  }

  missing(): void {
    this.set('DTL: the command "dtl" was not found', vscode.LanguageStatusSeverity.Warning);
  }

  private set(text: string, severity: vscode.LanguageStatusSeverity, busy = false): void {
    this.item.text = text;
    this.item.severity = severity;
    this.item.busy = busy;
  }
}
