// Runs of a program on its sample: what the language server answers, and how it is shown.
import type { BaseLanguageClient } from "vscode-languageclient";

interface Run {
  status: string;
  event: unknown;
  error?: string;
}

interface Runs {
  problem?: string | null;
  runs: Run[];
}

export const RUN = "dtl.runOnSample";

/**
 * Keeps the client from making commands of its own out of those that the server offers: the extension has them all,
 * and they must be there without a server, too.
 */
export function keepCommands(client: BaseLanguageClient): void {
  const feature = client.getFeature("workspace/executeCommand");
  feature.initialize = () => undefined;
}

/** Has the server run a document's program; a text of JSON documents with remarks. */
export async function runThere(client: BaseLanguageClient, words: unknown[]): Promise<string> {
  const answer: Runs = await client.sendRequest("workspace/executeCommand", { command: RUN, arguments: words });
  const remarks = answer.problem ? [`// ${answer.problem}`] : [];
  return [...remarks, ...answer.runs.map(shown), ""].join("\n");
}

function shown(run: Run, index: number): string {
  const head = `// event ${index + 1}: ${run.status}${run.error ? `: ${run.error.replaceAll("\n", "\n// ")}` : ""}`;
  return `${head}\n${JSON.stringify(run.event, null, 2)}`;
}
