/** An open file. */
export interface DiskFile {
  /** What the disk recognises this file by; it keeps it when it is renamed, and a copy of it is another file. */
  readonly identity: string;
  write(bytes: Uint8Array, at: number): Promise<void>;
  /** Resolves once everything that was written to this file is on disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** One directory of files that only this process uses. What was written, renamed or removed may be lost until the sync after it. */
export interface Disk {
  list(): Promise<readonly string[]>;
  read(name: string): Promise<{ readonly bytes: Uint8Array; readonly identity: string }>;
  /** Opens the file; makes an empty one, for its owner alone, when it is absent. */
  open(name: string): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Resolves once the names of the directory are on disk. */
  sync(): Promise<void>;
}
