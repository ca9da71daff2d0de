// The extension on a desktop: the language server, and the commands around it.
import * as vscode from "vscode";

import { registerCommands } from "./commands";
import { Output } from "./output";
import { Server } from "./server";
import { Status } from "./status";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("DTL");
  context.subscriptions.push(log);
  const running = new Server(log, new Status(context));
  server = running;
  registerCommands(context, Output.register(context), log, running);
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      const names = ["dtl.path", "dtl.dialect", "dtl.strict", "dtl.embedded"];
      if (names.some((name) => change.affectsConfiguration(name))) void running.restart();
    }),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
