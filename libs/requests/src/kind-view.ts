/**
 * What is said of each kind of service `k`, as answers have it, apart from what a bank may adjust. `day` is SQL for today. One qualification stands
 * for all that are needed where older readers know only one.
 */
export const kindColumns = (day: string): string => `
  k.code, n.names ->> 'zh-Hans' as name, n.names, n.risk_text, risk_version(k.code) as risk_version, k.risk_level,
  k.class, k.helpers_needed, k.further_helpers_paid_by, k.open_to_volunteers, k.version,
  q.required_qualifications, q.required_qualification
  from service_kind k
  cross join lateral (
    select coalesce(jsonb_object_agg(w.language, w.name) filter (where w.name is not null), '{}') as names,
           coalesce(jsonb_object_agg(w.language, w.risk_text) filter (where w.risk_text is not null), '{}') as risk_text
      from service_kind_name w where w.code = k.code) n
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('code', s.qualification, 'from', s.valid_from, 'until', s.valid_until)
                              order by s.qualification, s.valid_from), '[]') as required_qualifications,
           min(s.qualification) filter (where s.valid_from <= ${day} and coalesce(s.valid_until >= ${day}, true)) as required_qualification
      from service_kind_qualification s where s.code = k.code) q`;

/** Kinds that need nothing come first: what a new volunteer can do. */
export const kindOrder = 'order by required_qualification is not null, position, code';
