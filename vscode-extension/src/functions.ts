// What is known of functions without a server: completion and hovers, where no process can be started.
import * as vscode from "vscode";

import known from "./generated/functions.json";

interface Known {
  name: string;
  snippet: string;
  signature: string;
  summary: string;
}

const FUNCTIONS: Record<string, Known[]> = known;
const WORD = /[A-Za-z_]\w*/;

export function registerFunctions(context: vscode.ExtensionContext): void {
  for (const language of ["dtl", "vrl"]) {
    const functions = FUNCTIONS[language] ?? [];
    const byName = new Map(functions.map((each) => [each.name, each]));
    context.subscriptions.push(
      vscode.languages.registerCompletionItemProvider(language, {
        provideCompletionItems: (document, position) => complete(functions, document, position),
      }),
      vscode.languages.registerHoverProvider(language, {
        provideHover: (document, position) => hover(byName, document, position),
      }),
    );
  }
}

function complete(
  functions: Known[],
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.CompletionItem[] {
  const before = document.lineAt(position.line).text.slice(0, position.character);
  if (isInComment(before) || /[.%]\w*$/.test(before)) return [];
  return functions.map((each) => {
    const item = new vscode.CompletionItem(each.name, vscode.CompletionItemKind.Function);
    item.insertText = new vscode.SnippetString(each.snippet);
    item.detail = each.signature;
    item.documentation = new vscode.MarkdownString(each.summary);
    return item;
  });
}

function hover(
  byName: Map<string, Known>,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const range = document.getWordRangeAtPosition(position, WORD);
  if (range === undefined) return undefined;
  const line = document.lineAt(position.line).text;
  const found = byName.get(document.getText(range));
  if (found === undefined || !/^!?\(/.test(line.slice(range.end.character))) return undefined;
  if (isInComment(line.slice(0, range.start.character))) return undefined;
  const text = new vscode.MarkdownString().appendCodeblock(found.signature, document.languageId);
  return new vscode.Hover(text.appendMarkdown(found.summary), range);
}

/** Tells whether a `#` outside of quotes comes before. */
function isInComment(before: string): boolean {
  return before.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "").includes("#");
}
