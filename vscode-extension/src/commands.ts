// The commands: each asks the command line, so that what an editor shows is what a terminal would.
import * as path from "node:path";
import * as vscode from "vscode";

import { type Answer, runDtl } from "./command_line";
import { sayMissing } from "./missing";
import type { Output } from "./output";
import { runThere } from "./runs";
import type { Server } from "./server";
import { dialectOf, readSettings } from "./settings";

export function registerCommands(
  context: vscode.ExtensionContext,
  output: Output,
  log: vscode.OutputChannel,
  server: Server,
): void {
  const register = (name: string, action: (...words: never[]) => Promise<void>) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, action));
  register("dtl.runOnSample", (target?: Target, ...more: unknown[]) => runOnSample(output, log, server, target, more));
  register("dtl.showHir", (target?: Target) => showHir(output, log, target));
  register("dtl.explainCode", (code?: string) => explain(output, log, code));
  register("dtl.restartServer", () => server.restart());
  register("dtl.showLog", async () => log.show());
}

/** The document of a command: named by whoever calls it, else the one in the editor. */
type Target = string | vscode.Uri | undefined;

async function runOnSample(
  output: Output,
  log: vscode.OutputChannel,
  server: Server,
  target: Target,
  more: unknown[],
): Promise<void> {
  const program = await programOf(target);
  if (program === undefined) return;
  const holdsPrograms = !["dtl", "vrl"].includes(program.document.languageId);
  // Of a file that holds several programs, the one at the cursor, unless a lens has named it.
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === program.document);
  const place = holdsPrograms && more.length === 0 && editor ? [{ position: editor.selection.active }] : [];
  if (server.running !== undefined) {
    try {
      const text = await runThere(server.running, [program.document.uri.toString(), ...more, ...place]);
      return await output.show(`${program.name} on its sample`, text, "jsonc");
    } catch (reason) {
      log.appendLine(String(reason)); // there is no sample beside the program, most likely
      if (holdsPrograms) {
        void vscode.window.showErrorMessage(`DTL: ${reason instanceof Error ? reason.message : reason}`);
        return;
      }
    }
  }
  const sample = (await sampleBeside(program.document)) ?? (await chooseSample());
  if (sample === undefined || !(await isSaved(program.document))) return;
  const words = ["run", ...program.words, sample.fsPath, "--no-progress", "--no-warnings", "--on-error", "skip"];
  const answer = await runDtl([...words, "--limit-seconds", "2"], program.folder);
  if (!report(answer, log)) return;
  if (answer.errors !== "") log.appendLine(answer.errors);
  const text = [answer.output, ...comments(answer.errors)].join("");
  await output.show(`${program.name} on ${path.basename(sample.fsPath)}`, text, "jsonc");
}

async function showHir(output: Output, log: vscode.OutputChannel, target: Target): Promise<void> {
  const program = await programOf(target);
  if (program === undefined || !(await isSaved(program.document))) return;
  const answer = await runDtl(["show", ...program.words], program.folder);
  if (!report(answer, log)) return;
  await output.show(`${program.name} HIR`, answer.output || answer.errors, "plaintext");
}

async function explain(output: Output, log: vscode.OutputChannel, code?: string): Promise<void> {
  const wanted = code ?? (await vscode.window.showInputBox({ prompt: "Diagnostic code", value: codeAtCursor() ?? "E" }));
  if (!wanted) return;
  const answer = await runDtl(["explain", wanted]);
  if (!report(answer, log)) return;
  await output.show(`${wanted}`, answer.output || answer.errors, "plaintext");
}

interface Program {
  document: vscode.TextDocument;
  name: string;
  folder: string | undefined;
  words: string[];
}

async function programOf(target: Target): Promise<Program | undefined> {
  const uri = typeof target === "string" ? vscode.Uri.parse(target) : target;
  const document =
    uri instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(uri)
      : vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage("Open a DTL or VRL program first.");
    return undefined;
  }
  const isFile = document.uri.scheme === "file";
  const name = path.basename(document.fileName);
  const folder = isFile ? path.dirname(document.fileName) : undefined;
  const words = ["--dialect", dialectOf(document), ...(readSettings().strict ? ["--strict"] : [])];
  return { document, name, folder, words: isFile ? [document.fileName, ...words] : ["-e", document.getText(), ...words] };
}

/** The command line reads files, so what was typed must be in them. */
async function isSaved(document: vscode.TextDocument): Promise<boolean> {
  return document.uri.scheme !== "file" || !document.isDirty || document.save();
}

/** The events beside a script: `script.sample.jsonl` or `.json`. */
async function sampleBeside(document: vscode.TextDocument): Promise<vscode.Uri | undefined> {
  const stem = document.uri.path.replace(/\.[^./]*$/, "");
  for (const ending of [".sample.jsonl", ".sample.ndjson", ".sample.json"]) {
    const uri = document.uri.with({ path: stem + ending });
    try {
      await vscode.workspace.fs.stat(uri);
      return uri;
    } catch {
      // Not there: the next.
    }
  }
  return undefined;
}

async function chooseSample(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: "Events to run on: JSON, one a line",
    filters: { Events: ["jsonl", "ndjson", "json", "log", "gz", "zst"], All: ["*"] },
  });
  return chosen?.[0];
}

function codeAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .find((each) => each.range.contains(editor.selection.active));
  const code = typeof here?.code === "object" ? here.code.value : here?.code;
  return code?.toString();
}

function comments(errors: string): string[] {
  return errors
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => `// ${line}\n`);
}

/** Says why there is no answer; tells whether there is one. */
function report(answer: Answer, log: vscode.OutputChannel): boolean {
  if (answer.isMissing) {
    void sayMissing();
    return false;
  }
  if (answer.isLate) {
    void vscode.window.showErrorMessage("DTL was stopped: it took too long.");
    return false;
  }
  if (answer.code !== 0 && answer.output === "") {
    log.appendLine(answer.errors);
    const first = answer.errors.split("\n").find((line) => line !== "") ?? `exit code ${answer.code}`;
    void vscode.window.showErrorMessage(`DTL: ${first}`, "Show Log").then((choice) => choice && log.show());
    return false;
  }
  return true;
}
