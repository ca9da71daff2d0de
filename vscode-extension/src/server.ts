// The language server: started as `dtl lsp`, restarted on demand and when its settings change.
import * as vscode from "vscode";
import {
  type DocumentSelector,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from "vscode-languageclient/node";

import { runDtl } from "./command_line";
import { sayMissing } from "./missing";
import { keepCommands } from "./runs";
import { readSettings } from "./settings";
import type { Status } from "./status";

export class Server {
  private client: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: vscode.OutputChannel,
    private readonly status: Status,
  ) {}

  /** The client, while its server runs. */
  get running(): LanguageClient | undefined {
    return this.client?.isRunning() ? this.client : undefined;
  }

  /** Starts the server, or starts it anew; one call after the other. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.replace()).catch((reason: unknown) => this.failed(reason));
    return this.turn;
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose(2000);
  }

  private async replace(): Promise<void> {
    await this.stop();
    this.status.starting();
    const version = await runDtl(["--version"]);
    if (version.isMissing) {
      this.status.missing();
      await sayMissing();
      return;
    }
    const { path, dialect, strict, embedded } = readSettings();
    const run = { command: path, args: ["lsp"], transport: TransportKind.stdio };
    const server: ServerOptions = { run, debug: run };
    const options: LanguageClientOptions = {
      documentSelector: selector(embedded),
      outputChannel: this.log,
      initializationOptions: { dialect, strict, embedded },
      synchronize: {
        configurationSection: "dtl",
        fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.dtl,*.vrl,*.sample.jsonl,*.sample.json,dtl.toml}"),
      },
    };
    const client = new LanguageClient("dtl", "DTL", server, options);
    keepCommands(client);
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.status.running(version.output.trim());
      else if (newState === State.Stopped && this.client === client) this.status.stopped();
    });
    this.client = client;
    await client.start();
  }

  private failed(reason: unknown): void {
    this.log.appendLine(String(reason));
    this.status.stopped();
  }
}

function selector(embedded: boolean): DocumentSelector {
  const schemes = ["file", "untitled"];
  const languages = ["dtl", "vrl", ...(embedded ? ["yaml", "toml"] : [])];
  const byLanguage = schemes.flatMap((scheme) => languages.map((language) => ({ scheme, language })));
  // No extension for TOML comes with the editor, so its files may be plain text.
  return embedded ? [...byLanguage, { scheme: "file", language: "plaintext", pattern: "**/*.toml" }] : byLanguage;
}
