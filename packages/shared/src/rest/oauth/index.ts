export { type AuthChallenge, readAuthChallenge } from "./challenge.ts";
export { type ClientKey, readClientKey } from "./client-key.ts";
