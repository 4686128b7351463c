export * from "@longarm/spoke/testing";
