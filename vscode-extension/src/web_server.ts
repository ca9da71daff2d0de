// A language server somewhere else: a browser starts no process, but it can talk to one over a WebSocket.
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/browser";

import { keepCommands } from "./runs";
import { readSettings } from "./settings";

const LANGUAGES = ["dtl", "vrl"];

/** Connects to a server; each message of the protocol is one text message of the socket. */
export async function connect(address: string, log: vscode.OutputChannel): Promise<LanguageClient> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`no language server answers at ${address}`));
  });
  const { dialect, strict, embedded } = readSettings();
  const options: LanguageClientOptions = {
    documentSelector: [...LANGUAGES, ...(embedded ? ["yaml", "toml"] : [])].map((language) => ({ language })),
    outputChannel: log,
    initializationOptions: { dialect, strict, embedded },
  };
  const client = new LanguageClient("dtl", "DTL", options, asWorker(socket));
  keepCommands(client);
  await client.start();
  return client;
}

/** What the client needs of a worker, done by a socket. */
function asWorker(socket: WebSocket): Worker {
  const worker = {
    onmessage: undefined as ((event: { data: unknown }) => void) | undefined,
    postMessage: (message: unknown) => socket.send(JSON.stringify(message)),
    addEventListener: (kind: "error", listener: () => void) => socket.addEventListener(kind, listener),
    terminate: () => socket.close(),
  };
  socket.onmessage = (event) => worker.onmessage?.({ data: JSON.parse(String(event.data)) });
  return worker as unknown as Worker;
}
