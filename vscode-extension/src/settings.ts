// The extension's settings, read where they are needed so that a change holds at once.
import * as vscode from "vscode";

export interface Settings {
  path: string;
  dialect: "auto" | "dtl" | "vrl";
  strict: boolean;
  embedded: boolean;
  serverUrl: string;
}

export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration("dtl");
  return {
    path: section.get("path", "dtl").trim() || "dtl",
    dialect: section.get("dialect", "auto"),
    strict: section.get("strict", false),
    embedded: section.get("embedded", true),
    serverUrl: section.get("serverUrl", "").trim(),
  };
}

/** The dialect of a document, as the command line would choose it. */
export function dialectOf(document: vscode.TextDocument): "dtl" | "vrl" {
  const { dialect } = readSettings();
  return dialect === "auto" ? (document.languageId === "vrl" ? "vrl" : "dtl") : dialect;
}
