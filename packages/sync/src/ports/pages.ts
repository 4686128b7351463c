export type { SyncPage as Page, SyncPageOutcome as PageOutcome, SyncPageRequest as PageRequest, SyncPages as Pages } from "@longarm/spoke";
