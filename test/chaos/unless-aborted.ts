/** What `work` comes to, or a rejection as soon as the signal is aborted; the work itself is not ended by that. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("The chaos run was interrupted.")), { once: true });
  });
  return Promise.race([work, aborted]);
}
