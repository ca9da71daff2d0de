// The commands: each asks the command line, so that what an editor shows is what a terminal would.
import * as path from "node:path";
import * as vscode from "vscode";

import { type Answer, runDtl } from "./command_line";
import type { Output } from "./output";
import { dialectOf, readSettings } from "./settings";

/** A program that is not a file of its own: one inside of a configuration. */
interface Part {
  text?: string;
  dialect?: "dtl" | "vrl";
}

export function registerCommands(context: vscode.ExtensionContext, output: Output, log: vscode.OutputChannel): void {
  const register = (name: string, action: (...words: never[]) => Promise<void>) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, action));
  register("dtl.runOnSample", (target?: string | vscode.Uri, part?: Part) => runOnSample(output, log, target, part));
  register("dtl.showHir", (target?: string | vscode.Uri, part?: Part) => showHir(output, log, target, part));
  register("dtl.explainCode", (code?: string) => explain(output, log, code));
  register("dtl.showLog", async () => log.show());
}

async function runOnSample(
  output: Output,
  log: vscode.OutputChannel,
  target?: string | vscode.Uri,
  part?: Part,
): Promise<void> {
  const program = await programOf(target, part);
  if (program === undefined) return;
  const sample = (await sampleBeside(program.document)) ?? (await chooseSample());
  if (sample === undefined) return;
  const words = ["run", ...program.words, sample.fsPath, "--no-progress", "--no-warnings", "--on-error", "skip"];
  const answer = await runDtl([...words, "--limit-seconds", "2"], program.folder);
  if (!report(answer, log)) return;
  if (answer.errors !== "") log.appendLine(answer.errors);
  const text = [answer.output, ...comments(answer.errors)].join("");
  await output.show(`${program.name} on ${path.basename(sample.fsPath)}`, text, "jsonl");
}

async function showHir(
  output: Output,
  log: vscode.OutputChannel,
  target?: string | vscode.Uri,
  part?: Part,
): Promise<void> {
  const program = await programOf(target, part);
  if (program === undefined) return;
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

async function programOf(target?: string | vscode.Uri, part?: Part): Promise<Program | undefined> {
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
  const dialect = part?.dialect ?? dialectOf(document);
  const words = ["--dialect", dialect, ...(readSettings().strict ? ["--strict"] : [])];
  if (part?.text !== undefined || !isFile) {
    return { document, name, folder, words: ["-e", part?.text ?? document.getText(), ...words] };
  }
  if (document.isDirty && !(await document.save())) return undefined;
  return { document, name, folder, words: [document.fileName, ...words] };
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

export async function sayMissing(): Promise<void> {
  const choice = await vscode.window.showErrorMessage(
    `The command "${readSettings().path}" was not found. Install it with: pip install "dtl-lang[lsp]"`,
    "Open Settings",
  );
  if (choice !== undefined) await vscode.commands.executeCommand("workbench.action.openSettings", "dtl.path");
}
