/** What an agent signs when it asks to be let in: that the private halves of its keys are with it, for this one asking. */
export function signedByAgent(asking: {
  readonly agentId: string;
  readonly bootId: string;
  readonly nonce: string;
  readonly generation?: number;
  readonly keys: { readonly identity: Uint8Array; readonly signing: Uint8Array; readonly sealing: Uint8Array };
}): Uint8Array {
  const { agentId, bootId, nonce, generation, keys } = asking;
  const said = [agentId, bootId, nonce, ...(generation === undefined ? [] : [generation])];
  return Buffer.concat([keys.identity, keys.signing, keys.sealing, Buffer.from(JSON.stringify(said))]);
}

/** What an agent signs when it knocks: that the private halves of its keys are with it, for this one asking, and now if it was challenged. */
export function signedByKnocker(
  knocking: Omit<Parameters<typeof signedByAgent>[0], "bootId" | "generation"> & { readonly challenge?: string },
): Uint8Array {
  const { agentId, nonce, keys, challenge } = knocking;
  const said = ["knock", agentId, nonce, ...(challenge === undefined ? [] : [challenge])];
  return Buffer.concat([keys.identity, keys.signing, keys.sealing, Buffer.from(JSON.stringify(said))]);
}
