/** What a column holds. `moment` is a text of RFC 3339, `json` a JSON text of whatever stood there. */
export type ColumnType = "text" | "moment" | "number" | "boolean" | "json";

/** A typed column, and where in an item its value stands; `parent`: the id of the object that the item was listed under. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly from: readonly string[] | "parent";
}

/** Every table that a sync can fill. */
export const tableNames = [
  "users",
  "groups",
  "group_members",
  "apps",
  "app_users",
  "app_groups",
  "logs",
  "user_types",
  "event_hooks",
] as const;

/** One of the tables that a sync can fill. */
export type TableName = (typeof tableNames)[number];

/** How the items of one stream are stored. */
export interface Table {
  readonly name: TableName;
  /** Columns that together name a row; their values are texts and never null. */
  readonly key: readonly string[];
  readonly columns: readonly Column[];
  /** Is the item itself kept beside the columns? Not where it is another table's row already. */
  readonly keepsItem: boolean;
  /** Members that are stored nowhere, because they are secrets or may hold some. */
  readonly omitted: readonly (readonly string[])[];
}

/** A value as it is stored in a column. */
export type Value = string | number | boolean | null;

/** One row, ready to be stored. */
export interface Row {
  /** In the order of the table's key. */
  readonly key: readonly string[];
  /** In the order of the table's columns. */
  readonly values: readonly Value[];
  /** Of the item, as a JSON object, what no column holds; null where nothing is left or the table keeps no item. */
  readonly extra: string | null;
  /** The item as it came but for what is omitted, as JSON; null where the table keeps no item. */
  readonly raw: string | null;
}

/** An item that could not be stored as a row, so that nothing of it is lost in silence. */
export interface RowFault {
  readonly table: TableName;
  /** The key as far as it is known, such as `00u…` or `00g… 00u…`. */
  readonly key: string | null;
  /** Completes the sentence "The row …". */
  readonly problem: string;
  /** The item as JSON, without what the table omits. */
  readonly item: string;
}
