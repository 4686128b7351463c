/** Names the file to the org's process in which it notes its pages. */
export const pagesVariable = "LONGARM_CHAOS_PAGES";
