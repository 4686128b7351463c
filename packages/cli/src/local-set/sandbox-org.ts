/** How many users the sandbox org has where nobody says otherwise. */
export const sandboxUsers = 10_000;
