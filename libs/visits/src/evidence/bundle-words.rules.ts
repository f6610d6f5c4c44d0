const buildingEnd = /^.+?(?:\u680b|\u5e62|\u53f7\u697c|\u5ea7|\u53f7)/u;

/** As much of a place as gets a volunteer to the right house and no further: up to the building, without unit, floor and door. */
export function buildingOf(place: string | null): string | null {
  if (place === null) return null;
  const [upToBuilding] = buildingEnd.exec(place) ?? [];
  return upToBuilding ?? place.split(/[,;\n\uff0c\uff1b]/u, 1)[0]?.trim() ?? null;
}

/** A name that a lost phone may show: the first character of a Han name, the first word of another. */
export function shortName(name: string): string {
  const [first = ''] = name.trim().split(/\s+/u);
  return /^\p{Script=Han}+$/u.test(first) ? `${[...first][0]}*` : first;
}
