// Runs `dtl` as a process of its own, for a limited time and a limited output.
import { execFile } from "node:child_process";

import { readSettings } from "./settings";

export interface Answer {
  output: string;
  errors: string;
  /** The exit code; null when the program could not be started or was stopped. */
  code: number | null;
  isMissing: boolean;
  isLate: boolean;
}

const SECONDS = 20;
const BYTES = 8 * 1024 * 1024;

export function runDtl(words: string[], folder?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const child = execFile(
      readSettings().path,
      words,
      { cwd: folder, timeout: SECONDS * 1000, maxBuffer: BYTES, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
      (error, output, errors) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
        resolve({
          output,
          errors,
          code,
          isMissing: (error as NodeJS.ErrnoException | null)?.code === "ENOENT",
          isLate: error?.killed === true,
        });
      },
    );
    child.stdin?.end();
  });
}
