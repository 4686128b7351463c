/** What an agent signs when it asks to be let in: that the private halves of its keys are with it, for this one asking. */
export function signedByAgent(asking: {
  readonly agentId: string;
  readonly bootId: string;
  readonly nonce: string;
  readonly keys: { readonly identity: Uint8Array; readonly signing: Uint8Array; readonly sealing: Uint8Array };
}): Uint8Array {
  const { agentId, bootId, nonce, keys } = asking;
  return Buffer.concat([keys.identity, keys.signing, keys.sealing, Buffer.from(JSON.stringify([agentId, bootId, nonce]))]);
}

/** What an agent signs when it knocks: that the private halves of its keys are with it, for this one asking. */
export function signedByKnocker({ agentId, nonce, keys }: Omit<Parameters<typeof signedByAgent>[0], "bootId">): Uint8Array {
  return Buffer.concat([keys.identity, keys.signing, keys.sealing, Buffer.from(JSON.stringify(["knock", agentId, nonce]))]);
}
