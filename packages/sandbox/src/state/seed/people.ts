import type { UserProfile, UserRecord, UserStatus } from "../users/user.ts";
import type { IdSpace } from "./id-space.ts";
import { draw } from "./mix.ts";

const firstNames =
  "Ada Alan Amara Anders Barbara Bjarne Carla Chen Dana Dennis Edsger Elena Farid Frances Grace Hedy Ines Ivan Jun Katherine Ken Lena Linus Mariam Margaret Niklaus Olga Priya Quentin Radia Rosa Sofia Tim Uma Vera Wei Ximena Yara Zoe Tove".split(
    " ",
  );
const lastNames =
  "Abara Allen Backus Bauer Cerf Chandra Conti Diaz Dijkstra Engel Fischer Gomez Hamilton Hansen Hopper Ito Jansen Johnson Kahn Keller Kim Knuth Lamarr Lamport Liskov Lovelace Meyer Moreau Nakamura Novak Okafor Olsen Park Perlman Petrov Quist Ritchie Rossi Santos Sato Schmidt Singh Tanaka Thompson Turing Ueda Vasquez Wagner Weber Wirth Xu Yamada Young Zhang".split(
    " ",
  );
const titles = "Analyst|Engineer|Senior Engineer|Manager|Director|Specialist|Coordinator|Consultant|Administrator|Architect".split("|");
const sites = [
  ["Amsterdam", "NL"],
  ["Austin", "US"],
  ["Berlin", "DE"],
  ["Dublin", "IE"],
  ["Lagos", "NG"],
  ["London", "GB"],
  ["Madrid", "ES"],
  ["Osaka", "JP"],
  ["Pune", "IN"],
  ["Sao Paulo", "BR"],
] as const;

/** The departments that seeded users work in; each is also a group of that name. */
export const departments = "Engineering|Sales|Marketing|Finance|Legal|Support|Operations|People|Product|Security|Research|Facilities".split(
  "|",
);

/** The sites that seeded users sit at; each is also a group `Site <name>`. */
export const siteNames: readonly string[] = sites.map(([name]) => name);

/** Which statuses seeded users have: all ACTIVE, or seven of every hundred another one each. */
export type SeedStatuses = "active" | "mixed";

const otherStatuses: readonly UserStatus[] = [
  "RECOVERY",
  "PROVISIONED",
  "PASSWORD_EXPIRED",
  "LOCKED_OUT",
  "DEPROVISIONED",
  "SUSPENDED",
  "STAGED",
];
const firstCreatedMs = Date.UTC(2023, 0, 2, 8);
const createdEveryMs = 13_000;
const firstEmployee = 100_000;

const dayMs = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));
let lastDay = { number: -1, date: "" };

/** A whole second as ISO 8601, like `toISOString` but quicker for moments that lie close together. */
function isoAt(ms: number): string {
  const day = Math.floor(ms / dayMs);
  if (day !== lastDay.number) lastDay = { number: day, date: new Date(ms).toISOString().slice(0, 11) };
  const seconds = (ms - day * dayMs) / 1000;
  const minutes = Math.floor(seconds / 60);
  return `${lastDay.date}${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.000Z`;
}

function pick<T>(list: readonly T[], drawn: number): T {
  return list[drawn % list.length] as T;
}

/** The login of the seeded user with this index: `user000042@example.com`. */
export function seededLogin(index: number): string {
  return `user${String(index).padStart(6, "0")}@example.com`;
}

/** The index of the seeded user with this short name (`user000042`), or undefined when it is none. */
export function seededIndexOf(shortName: string): number | undefined {
  const digits = /^user(\d{6,10})$/.exec(shortName)?.[1];
  if (digits === undefined) return undefined;
  return digits.length > 6 && digits.startsWith("0") ? undefined : Number(digits);
}

/** The password of the seeded user with this index. */
export function seededPassword(index: number): string {
  return `Welcome-2-Sandbox-${index}`;
}

interface SeedOptions {
  readonly seed: number;
  readonly ids: IdSpace;
  readonly typeId: string;
  readonly statuses: SeedStatuses;
}

/** The users that the seed stands for, each made when asked for and always the same. */
export class SeededPeople {
  readonly #options: SeedOptions;

  constructor(options: SeedOptions) {
    this.#options = options;
  }

  /** Index of the department, into `departments`. */
  departmentOf(index: number): number {
    return draw(this.#options.seed, index, 3) % departments.length;
  }

  /** Index of the site, into `siteNames`. */
  siteOf(index: number): number {
    return draw(this.#options.seed, index, 4) % sites.length;
  }

  /** In the mixed org, users 93 to 99 of each hundred have a status of their own; all others are ACTIVE. */
  statusOf(index: number): UserStatus {
    if (this.#options.statuses === "active") return "ACTIVE";
    return otherStatuses[(index % 100) - 93] ?? "ACTIVE";
  }

  /** The user with this index. */
  at(index: number): UserRecord {
    const created = isoAt(firstCreatedMs + index * createdEveryMs);
    const status = this.statusOf(index);
    const activated = status === "STAGED" ? null : created;
    const hasPassword = status !== "STAGED" && status !== "PROVISIONED";
    return {
      index,
      id: this.#options.ids.idOf(index),
      version: 1,
      status,
      created,
      activated,
      statusChanged: activated,
      lastLogin: index % 5 === 0 || !hasPassword ? null : created,
      lastUpdated: created,
      passwordChanged: hasPassword ? created : null,
      typeId: this.#options.typeId,
      profile: this.#profileOf(index),
      password: hasPassword ? seededPassword(index) : null,
      recoveryQuestion: null,
      provider: { type: "OKTA", name: "OKTA" },
    };
  }

  /** The JSON of that user's profile: the same text that `JSON.stringify` gives, put together from values that need no escaping. */
  profileJson(index: number): string {
    const { firstName, lastName, title, login, department, city, countryCode } = this.#personOf(index);
    const name = `{"firstName":"${firstName}","lastName":"${lastName}","mobilePhone":null,"secondEmail":null`;
    const work = `"title":"${title}","department":"${department}","employeeNumber":"${firstEmployee + index}"`;
    const place = `"city":"${city}","countryCode":"${countryCode}"}`;
    return `${name},"login":"${login}","email":"${login}","displayName":"${firstName} ${lastName}",${work},${place}`;
  }

  #personOf(index: number) {
    const drawn = draw(this.#options.seed, index, 5);
    const [city, countryCode] = sites[this.siteOf(index)] as (typeof sites)[number];
    return {
      firstName: pick(firstNames, drawn & 0xff),
      lastName: pick(lastNames, drawn >>> 8),
      title: pick(titles, drawn >>> 16),
      login: seededLogin(index),
      department: departments[this.departmentOf(index)] as string,
      city,
      countryCode,
    };
  }

  #profileOf(index: number): UserProfile {
    const { firstName, lastName, title, login, department, city, countryCode } = this.#personOf(index);
    return {
      firstName,
      lastName,
      mobilePhone: null,
      secondEmail: null,
      login,
      email: login,
      displayName: `${firstName} ${lastName}`,
      title,
      department,
      employeeNumber: String(firstEmployee + index),
      city,
      countryCode,
    };
  }
}
