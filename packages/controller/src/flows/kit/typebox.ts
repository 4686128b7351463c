export * from "typebox";
// oxlint-disable-next-line import/no-default-export -- it is the library's own
export { default } from "typebox";
