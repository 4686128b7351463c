import { CustomAttributes } from "../schemas/custom-attributes.ts";
import type { IdSpace } from "../seed/id-space.ts";
import { type Refusal, refuseInvalid } from "../refusal.ts";
import { isProfileAttribute } from "./profile-schema.ts";

/** When Okta made the types and schemas that every org begins with. */
export const orgBegan = "2024-01-01T00:00:00.000Z";

/** A kind of users with a schema of its own. Times are ISO 8601 in UTC. */
export interface UserType {
  readonly id: string;
  readonly schemaId: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly created: string;
  readonly isDefault: boolean;
  /** What the org added to the profiles of its users. */
  readonly attributes: CustomAttributes;
}

/** What a client may say of a type; the body's members as they came. */
export interface UserTypeWish {
  readonly name: unknown;
  readonly displayName: unknown;
  readonly description: unknown;
}

/** The org's user types: the default one, which every org has, and those that were added. */
export class UserTypes {
  readonly #ids: IdSpace;
  readonly #schemaIds: IdSpace;
  readonly #types: UserType[] = [];

  constructor(ids: IdSpace, schemaIds: IdSpace) {
    this.#ids = ids;
    this.#schemaIds = schemaIds;
    // Its description is null in recorded answers, where the API's document says string.
    this.#add({ name: "user", displayName: "User", description: null, created: orgBegan, isDefault: true });
  }

  get default(): UserType {
    return this.#types[0] as UserType;
  }

  all(): readonly UserType[] {
    return this.#types;
  }

  /** The type with this id; `default` is a name for one. */
  byId(id: string): UserType | undefined {
    return id === "default" ? this.default : this.#types.find((type) => type.id === id);
  }

  /** The type whose schema has this id; `default` is a name for one. */
  bySchema(id: string): UserType | undefined {
    return id === "default" ? this.default : this.#types.find((type) => type.schemaId === id);
  }

  /** Is this an attribute that a user of some type can have? */
  defines(attribute: string): boolean {
    return isProfileAttribute(attribute) || this.#types.some(({ attributes }) => attributes.has(attribute));
  }

  /** Makes a type, or says why Okta would not. The texts are assumed. */
  add(
    { name, displayName, description = null }: UserTypeWish,
    created: string,
  ): { readonly kind: "made"; readonly type: UserType } | Refusal {
    if (typeof name !== "string" || !/^[A-Za-z]\w*$/.test(name)) return refuseInvalid("name", "name: Invalid variable name");
    if (typeof displayName !== "string" || displayName === "")
      return refuseInvalid("displayName", "displayName: The field cannot be left blank");
    if (description !== null && typeof description !== "string") return refuseInvalid("description", "description: Expecting string.");
    if (this.#types.some((type) => type.name === name))
      return refuseInvalid("name", "name: An object with this field already exists in the current organization");
    return { kind: "made", type: this.#add({ name, displayName, description, created, isDefault: false }) };
  }

  #add(type: Pick<UserType, "name" | "displayName" | "description" | "created" | "isDefault">): UserType {
    const index = this.#types.length;
    const attributes = new CustomAttributes(isProfileAttribute);
    const added = { ...type, id: this.#ids.idOf(index), schemaId: this.#schemaIds.idOf(index), attributes };
    this.#types.push(added);
    return added;
  }
}
