import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const MOST_OUTPUT = 64 * 1024 * 1024;

/** Runs a file of TypeScript beside this one in a process of its own, hands it a request, and reads its one line of JSON. */
export function runNode(file: URL, request: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // No condition is handed on: what trees are compared by is what they are built to.
    const args = [fileURLToPath(file), JSON.stringify(request)];
    execFile(process.execPath, args, { maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${fileURLToPath(file)} failed: ${stderr.trim() || error.message}`));
      else resolve(JSON.parse(stdout));
    });
  });
}
