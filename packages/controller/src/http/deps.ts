import type { Clock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { Catalogue } from "@longarm/spoke";
import type { AgentDirectory } from "../ports/agent-directory.ts";
import type { ApiKeyStore } from "../ports/api-key-store.ts";
import type { ConnectionStore } from "../ports/connection-store.ts";
import type { TestConnection } from "../ports/connection-test.ts";
import type { CredentialStore } from "../ports/credential-store.ts";
import type { TellChoices } from "../ports/dynamic-inputs.ts";
import type { Readiness } from "../ports/readiness.ts";
import type { RunService } from "../ports/run-service.ts";
import type { AgentSelection } from "../ports/selection.ts";

/** What the HTTP API stands on: ports only. */
export interface HttpDeps {
  readonly runs: RunService;
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly agents: AgentDirectory;
  readonly selection: AgentSelection;
  readonly catalogue: Pick<Catalogue, "get" | "list" | "spokes">;
  readonly apiKeys: ApiKeyStore;
  readonly readiness: () => Promise<Readiness>;
  readonly testConnection: TestConnection;
  readonly tellChoices: TellChoices;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly version: string;
  /** The address by which others reach this controller, when it is not its own: its host is then accepted too. */
  readonly publicUrl?: string;
}
