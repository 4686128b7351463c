import { resolveKit } from "../resolve-kit.ts";

resolveKit();
