// The extension in a browser: functions are all it knows by itself; with a server elsewhere it knows everything.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/browser";

import { registerFunctions } from "./functions";
import { Output } from "./output";
import { RUN, runThere } from "./runs";
import { readSettings } from "./settings";
import { connect } from "./web_server";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const item = vscode.languages.createLanguageStatusItem("dtl.status", [{ language: "dtl" }, { language: "vrl" }]);
  item.text = "DTL in a browser: colours, snippets, functions";
  item.detail = "programs are checked in the desktop editor, or by a server";
  context.subscriptions.push(item);
  const { serverUrl } = readSettings();
  if (serverUrl !== "") {
    const log = vscode.window.createOutputChannel("DTL");
    context.subscriptions.push(log);
    try {
      const server = await connect(serverUrl, log);
      client = server;
      const output = Output.register(context);
      context.subscriptions.push(
        vscode.commands.registerCommand(RUN, async (target?: string | vscode.Uri, ...more: unknown[]) => {
          const uri = String(target ?? vscode.window.activeTextEditor?.document.uri ?? "");
          const name = uri.split("/").pop() ?? uri;
          await output.show(`${name} on its sample`, await runThere(server, [uri, ...more]), "jsonc");
        }),
      );
      item.text = "DTL";
      item.detail = serverUrl;
      return;
    } catch (reason) {
      log.appendLine(String(reason));
      item.text = "DTL: the server does not answer";
      item.severity = vscode.LanguageStatusSeverity.Error;
    }
  }
  registerFunctions(context);
}

export async function deactivate(): Promise<void> {
  await client?.dispose(2000);
}
