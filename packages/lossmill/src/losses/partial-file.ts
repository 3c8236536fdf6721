import type { Hash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { type FileHandle, open, rename, stat } from "node:fs/promises";
import { nodeCrypto } from "../node-crypto.ts";

/** The bytes that a file begins with. */
export interface Written {
  readonly bytes: number;
  /** Their SHA-256. */
  readonly sum: string;
}

/** A file in the making. */
export interface PartialFile {
  readonly append: (bytes: Uint8Array) => Promise<void>;
  /** Settles when all bytes so far are on the disk. */
  readonly save: () => Promise<Written>;
  /** Ends the file after the bytes so far, and gives it the place that it was made for. */
  readonly finish: (place: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Goes on with a file after its first `bytes` bytes, whose hash is `hash`, or begins one. What follows them is written
 * over, and only cut off at the end: so two runs that write the same into one file do not harm each other.
 */
export async function partialFile(path: string, bytes: number, hash: Hash): Promise<PartialFile> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o666);
  let position = bytes;

  /** Throws where the file's name no longer stands for it: what is written to it now is lost. */
  async function checkName(): Promise<void> {
    const [there, ours] = await Promise.all([stat(path, { bigint: true }), file.stat({ bigint: true })]);
    if (there.ino !== ours.ino || there.dev !== ours.dev) throw new Error("was replaced by another run");
  }

  return {
    async append(piece) {
      await writeAll(file, piece, position);
      position += piece.length;
      hash.update(piece);
    },
    async save() {
      await file.datasync();
      await checkName();
      return { bytes: position, sum: hash.copy().digest("hex") };
    },
    async finish(place) {
      await file.truncate(position);
      await file.sync();
      await checkName();
      await file.close();
      await rename(path, place);
    },
    close: () => file.close(),
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** The hash of the first bytes of a file, to go on with; throws where they are not what was written. */
export async function hashWritten(path: string, { bytes, sum }: Written): Promise<Hash> {
  const hash = nodeCrypto().createHash("sha256");
  let found = 0;
  if (bytes > 0) {
    for await (const piece of createReadStream(path, { end: bytes - 1, highWaterMark: 1 << 20 })) {
      hash.update(piece as Buffer);
      found += (piece as Buffer).length;
    }
  }
  if (found < bytes) throw new Error(`has ${found} of the ${bytes} bytes that were saved`);
  if (hash.copy().digest("hex") !== sum) throw new Error("is not as it was saved: changed, or another file");
  return hash;
}
