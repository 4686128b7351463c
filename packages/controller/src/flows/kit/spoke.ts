export * from "@longarm/spoke";
